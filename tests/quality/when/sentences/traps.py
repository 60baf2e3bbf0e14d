"""Sentences with what looks like an expression of time and is none, and their twins that are times."""

from datetime import date, timedelta

from tests.quality.when.answers import (
    FR,
    MO,
    SA,
    SU,
    TU,
    WE,
    Answer,
    Row,
    ago,
    at,
    between,
    century,
    coming_day,
    coming_month,
    easter_sunday,
    hijri,
    last,
    lasting,
    month,
    months,
    nth,
    on,
    past_day,
    past_month,
    repeated,
    sighted,
    year,
)


def decade(first: int) -> Answer:
    return between(date(first, 1, 1), date(first + 9, 12, 31))


ROWS: list[Row] = []


def trap(group: str, published: tuple[int, int, int], text: str) -> None:
    """A sentence with no time in it."""
    ROWS.append(Row(f"trap_{group}", date(*published), text))


def twin(group: str, published: tuple[int, int, int], text: str, *answers) -> None:
    """A sentence with times; an answer may be a function of the publish date."""
    day = date(*published)
    ROWS.append(Row(f"twin_{group}", day, text, tuple(a if isinstance(a, Answer) else a(day) for a in answers)))


# Groups, brigades, parties, alliances -----------------------------------------------------------------------------
trap("group", (2012, 11, 21), "Fighters of the {23 March Movement} hoisted their flag over the customs post at Bunagana.")
trap("group", (2006, 8, 9), "The {1920 Revolution Brigades} claimed the bomb that killed three American marines near Ramadi.")
trap("group", (2002, 7, 22), "Police in Athens searched three flats for weapons of the {November 17} group.")
trap("group", (2007, 9, 3), "Two leaders of the {88 Generation Students} went into hiding in Yangon.")
trap("group", (2008, 5, 16), "Gunmen loyal to the {March 8} alliance put up roadblocks on the airport road in Beirut.")
trap("group", (1990, 3, 12), "Guerrillas of Colombia's {19th of April Movement} handed their rifles to a commission in Cauca.")
trap("group", (2013, 9, 19), "Prosecutors say {Golden Dawn} trained its members in the use of knives.")
trap("group", (2018, 8, 28), "Turkish police dragged away the {Saturday Mothers}, who hold photographs of their missing sons.")
trap("group", (2019, 10, 2), "Pupils who belong to {Fridays for Future} glued themselves to the ministry's gate in Kampala.")

twin("group", (2013, 5, 2), "On [March 23] the movement took the town without a shot, residents of Rutshuru said.", lambda d: on(past_day(d, 3, 23)))
twin("group", (2020, 11, 5), "The revolt of [1920] began in the villages along the Euphrates.", year(1920))
twin("group", (2002, 12, 1), "On [November 17] a group of armed men robbed a bank in Patras.", lambda d: on(past_day(d, 11, 17)))
twin("group", (2010, 9, 20), "In [September 1970] the Jordanian army drove the fedayeen out of Amman.", month(1970, 9))
twin("group", (2014, 1, 28), "Gunmen stormed the party's office at [dawn on Sunday].", lambda d: at(last(SU, d)))
twin("group", (2016, 8, 30), "The mothers were beaten on [Saturday] in front of the lycée.", lambda d: on(last(SA, d)))

# Streets, squares, bridges, towns, mosques, markets ----------------------------------------------------------------
trap("place", (2004, 4, 8), "A roadside bomb hit a convoy near the {July 14 Bridge} in Baghdad.")
trap("place", (2019, 3, 8), "The crowd moved from {1st May Square} to the old post office in Algiers.")
trap("place", (2017, 11, 24), "Ambulances took the wounded to the {10th of Ramadan} hospital.")
trap("place", (2015, 3, 8), "A bomber blew himself up at the {Monday Market} in Maiduguri.")
trap("place", (2006, 2, 9), "Sunni and Shiite mourners clashed outside the {Friday Mosque} of Herat.")
trap("place", (2001, 8, 28), "The asylum seekers were to be shipped from {Christmas Island} to Nauru.")
trap("place", (2024, 5, 17), "Government troops and {Mon} rebels agreed to share the checkpoint on the road to Ye.")
trap("place", (2022, 3, 2), "A missile struck the {Holiday Inn} and flattened the east side of {8 March Street}.")

twin("place", (2004, 8, 1), "On [July 14] a bridge in Baghdad was blown up.", lambda d: on(past_day(d, 7, 14)))
twin("place", (2014, 8, 2), "On [26 July], {Street 14} was shelled for the first time.", lambda d: on(past_day(d, 7, 26)))
twin("place", (2019, 5, 6), "On [May 1], squares across Algeria filled with workers and students.", lambda d: on(past_day(d, 5, 1)))
twin("place", (2015, 3, 12), "The market in Maiduguri was bombed on [Monday].", lambda d: on(last(MO, d)))
twin("place", (2023, 7, 14), "Khartoum's hospitals ran out of oxygen during [Ramadan].", sighted(hijri(1444, 9, 1), hijri(1444, 10, 1) - timedelta(days=1)))
twin("place", (2020, 2, 3), "On [Christmas Day], islanders off Iloilo sheltered in a school from the typhoon.", lambda d: on(past_day(d, 12, 25)))
twin("place", (2024, 9, 4), "[Mon 2 Sep]: shells hit the market of Demoso, killing six.", on(date(2024, 9, 2)))
twin("place", (2022, 3, 30), "On [8 March] street vendors' stalls burned all over Mykolaiv.", lambda d: on(past_day(d, 3, 8)))

# People ------------------------------------------------------------------------------------------------------------
trap("person", (2017, 6, 9), "{Theresa May} clung to office and sent a message of sympathy to Kabul.")
trap("person", (2016, 7, 11), "Captain {Friday James}, a spokesman in Juba, denied that his men had fired first.")
trap("person", (2014, 12, 1), "{Sunday Okafor} buried both his sons behind the church in Gboko.")
trap("person", (2022, 9, 15), "{January Makamba}, Tanzania's energy minister, blamed the drought for the blackouts.")
trap("person", (2018, 2, 27), "{Jan Egeland} pleaded for a pause in the bombing of eastern Ghouta.")
trap("person", (2013, 11, 14), "{Mar Roxas} stood in the mud in Tacloban and counted body bags.")
trap("person", (1996, 4, 10), "Nurse {June Dlamini} and her colleague {April Botha} were the only staff left in the clinic.")
trap("person", (2012, 10, 25), "{Ramadan Shallah} arrived in Cairo for talks with the intelligence chief.")
trap("person", (2021, 3, 29), "Ko {Thu} and his neighbour {Summer Htwe} were dragged from a teashop in Mandalay.")

twin("person", (2015, 8, 19), "She met {May} in [May], when both were queuing for water in Aden.", lambda d: past_month(d, 5))
twin("person", (2016, 7, 13), "On [Friday] James Lual, a spokesman in Juba, denied that his men had fired first.", lambda d: on(last(FR, d)))
twin("person", (2014, 12, 3), "On [Sunday] Okafor buried both his sons behind the church in Gboko.", lambda d: on(last(SU, d)))
twin("person", (2018, 2, 27), "On [Jan. 9], {Egeland} pleaded for a pause in the bombing.", lambda d: on(past_day(d, 1, 9)))
twin("person", (2009, 7, 21), "In [April] Ryan Hill, the camp's doctor, reported the first case of cholera in Vavuniya.", lambda d: past_month(d, 4))
twin("person", (1998, 9, 14), "The rains failed in [June], and in [August] people in Bahr el Ghazal were eating leaves.", lambda d: past_month(d, 6), lambda d: past_month(d, 8))
twin("person", (2003, 11, 3), "Heat killed hundreds of prisoners in [summer 2003], a lawyer in Karachi said.", months(2003, 6, 8))

# Verbs and common words --------------------------------------------------------------------------------------------
trap("word", (2008, 11, 19), "The rebels {may} {march} on Goma if the talks {fall} apart, a UN officer said.")
trap("word", (2010, 1, 20), "{May} God forgive those who left them under the stones, the priest in Léogâne said.")
trap("word", (2014, 6, 11), "Shopkeepers in Mosul {sat} in the {sun} and watched the army trucks drive off.")
trap("word", (2009, 3, 16), "{March} with us, the opposition leader told the soldiers in Antananarivo.")
trap("word", (2016, 12, 14), "After the {fall} of eastern Aleppo, buses waited at the {second} checkpoint.")
trap("word", (1994, 5, 5), "The villagers draw their water from a {spring} and sleep in the sorghum.")
trap("word", (2011, 8, 4), "Zawiya, Libya's {second-largest} refinery town, depends on a {third-party} supplier.")
trap("word", (2015, 9, 16), "A {quarter} of the houses in the Christian {quarter} of Bangui have no roof left.")
trap("word", (2013, 2, 26), "Lawyers {second} the motion, and a {Second} Lieutenant read out the charges in N'Djamena.")

twin("word", (2018, 2, 10), "The vote {may} be held in [May], Haiti's electoral council said.", lambda d: coming_month(d, 5))
twin("word", (2011, 2, 21), "The unions plan to {march} on [March 8], their spokesman in Sanaa said.", lambda d: on(coming_day(d, 3, 8)))
twin("word", (2008, 6, 18), "The court {sat} on [Sat, 14 June 2008], and acquitted all nine.", on(date(2008, 6, 14)))
twin("word", (2019, 3, 6), "{Sun} and dust kept the marchers at home on [Sun, 3 Mar 2019].", on(date(2019, 3, 3)))
twin("word", (2013, 4, 17), "The {fall} of Goma in [fall 2012] stunned the government in Kinshasa.", months(2012, 9, 11))
twin("word", (2015, 1, 27), "The dam above the {spring} burst in [spring 2014], Afghan officials said.", months(2014, 3, 5))
twin("word", (2015, 5, 13), "The ground shook for [45 seconds], a hotel porter in Kathmandu said.", lasting("PT45S"))
twin("word", (2010, 6, 7), "Rebels in Manipur lifted their blockade on the [second of May].", lambda d: on(past_day(d, 5, 2)))
twin("word", (2020, 7, 2), "Convictions doubled in the [second half of 2019], the court in Bogotá said.", months(2019, 7, 12))
twin("word", (2014, 11, 3), "The vote took place on the [second Sunday of October 2014].", on(nth(2, SU, 2014, 10)))
twin("word", (2019, 12, 9), "Gunmen fired into the crowd in Baghdad for [20 minutes], {minutes} of the inquiry show.", lasting("PT20M"))

# Rooms, roads, flights, resolutions, articles, pages ---------------------------------------------------------------
trap("number_name", (2011, 3, 18), "{Resolution 1973} lets member states enforce a no-fly zone over Libya.")
trap("number_name", (2014, 7, 18), "Relatives of those on {Flight 1812} waited at the airport in Ouagadougou.")
trap("number_name", (2008, 11, 28), "Commandos found the last hostages in {Room 2011} of the hotel in Mumbai.")
trap("number_name", (2012, 3, 27), "Turkish jets bombed a cave below {Hill 1975} near Çukurca.")
trap("number_name", (2004, 11, 17), "The families sued under {Section 1983}, citing {page 1949} of the record.")
trap("number_name", (2021, 2, 25), "The Rohingya family at {House No. 2017}, {Block 12}, lost everything in the fire.")
trap("number_name", (2005, 7, 29), "Suspects were held under the {Terrorism Act 2000} at Paddington Green.")

twin("number_name", (2012, 6, 19), "The fortress at Smolensk, shelled in [1812], held for [two days].", year(1812), lasting("P2D"))
twin("number_name", (2015, 11, 9), "{Room 2011} was his cell in [2011], the former prisoner in Minsk testified.", year(2011))
twin("number_name", (2015, 7, 6), "The council passed {Resolution 2018} in [2011].", year(2011))
twin("number_name", (2008, 4, 15), "The house was built in [1949] and burned down in [2007], the Jaffna landlord said.", year(1949), year(2007))
twin("number_name", (2021, 1, 30), "In [2020] {Covid-19} killed 41 nurses in Peru's jungle towns.", year(2020))

# Weapons and vehicles ----------------------------------------------------------------------------------------------
trap("weapon", (1995, 1, 4), "Four burnt-out {T-72} tanks blocked the street in front of the presidential palace in Grozny.")
trap("weapon", (2020, 10, 9), "Azerbaijan said it had destroyed an {S-300} battery and two {D-30} howitzers.")
trap("weapon", (2012, 5, 11), "The smugglers carried a {Colt M1911} and a {Mauser Model 1924} rifle, the Malian customs said.")
trap("weapon", (2019, 3, 11), "The {Boeing 737} came down in a field near Bishoftu.")
trap("weapon", (2017, 8, 25), "Police in Cali seized an {AK-2012}, a {Browning M1919} and 900 rounds of {5.56} ammunition.")

twin("weapon", (1999, 12, 20), "The tank regiment, raised in [1972], shelled Grozny for [72 hours].", year(1972), lasting("PT72H"))
twin("weapon", (2015, 4, 9), "On [Dec. 30] {D-30} howitzers opened fire on the garrison of Donetsk's airport.", lambda d: on(past_day(d, 12, 30)))
twin("weapon", (2012, 8, 2), "The rifle, a model from [1924], had been hidden in a well.", year(1924))
twin("weapon", (2019, 9, 12), "Rebels in Kachin State held the hill for [300 days] and lost it to three {Su-30} jets.", lasting("P300D"))

# Counts that look like years ---------------------------------------------------------------------------------------
trap("count", (2016, 11, 30), "A total of {2016} rebels laid down their arms in camps near Tumaco, the FARC said.")
trap("count", (2005, 10, 14), "Some {1900} tents reached Balakot, but {2010} families have none.")
trap("count", (1999, 8, 23), "Rescuers pulled {1,945} people from the ruins of Gölcük.")
trap("count", (2009, 5, 18), "The hospital near Mullaitivu treated {1998} wounded and buried {2,003}.")

twin("count", (2020, 6, 24), "In [2016] rebels were killed in their hundreds around Tumaco.", year(2016))
twin("count", (2010, 5, 10), "In [1945] people were driven from Sétif to the quarries and shot.", year(1945))
twin("count", (2023, 12, 5), "In [1998] wounded soldiers filled every school in Asmara.", year(1998))
twin("count", (2004, 1, 30), "Of the {1,900} tents sent in [1999], 200 still shelter families in Gölcük.", year(1999))

# Prices, votes, scores, fractions, percentages ---------------------------------------------------------------------
trap("figure", (2021, 8, 31), "In Mazar-e-Sharif a sack of flour costs {1,990} afghanis and a smuggler {$2,015}.")
trap("figure", (2018, 10, 6), "The senators backed the judge {52-48} as women shouted from the gallery.")
trap("figure", (2016, 4, 12), "The tribunal rejected the appeal {11-4}, and fined the editor {1999} dollars.")
trap("figure", (2002, 3, 20), "The parliament in Harare needs {2/3} of its members; the ruling party has {3/4}.")
trap("figure", (2013, 8, 13), "Turnout in Mali rose by {11.5} percent, and women outnumbered men {10:9} at the polls.")
trap("figure", (2007, 7, 30), "Iraq beat Saudi Arabia {1-0} after beating South Korea {4-3} on penalties.")
trap("figure", (2010, 8, 17), "The Indus crested {9.30 metres} above its bed at Kotri, and {2.10 metres} above the dyke.")
trap("figure", (2017, 4, 24), "Kenya's champion won in {2:05:48}, and her brother ran the sprint in {10.15}.")

twin("figure", (2012, 4, 30), "The deal was signed on [13/4/2012] by {3/4} of the elders in Garissa.", on(date(2012, 4, 13)))
twin("figure", (2001, 10, 15), "The civil war of [1946-49] still divides the villages of Evrytania, where the mayor won by {49-46}.", between(date(1946, 1, 1), date(1949, 12, 31)))
twin("figure", (2017, 5, 29), "The mayor was shot at [9.30 p.m. on 3 May 2017], {9.30 metres} from his door.", at(date(2017, 5, 3)))
twin("figure", (2011, 4, 8), "The wave reached Miyako at [3.25 p.m. on 11 March].", lambda d: at(past_day(d, 3, 11)))
twin("figure", (2008, 6, 2), "Mobs burned shops in Alexandra on [11-14 May].", between(date(2008, 5, 11), date(2008, 5, 14)))
twin("figure", (2014, 5, 5), "The separatists stormed the police station in Sloviansk on [21.04.2014].", on(date(2014, 4, 21)))
twin("figure", (2006, 10, 18), "The price of bread in Bulawayo doubled between [May and July 2006].", months(2006, 5, 7))

# Versions, coordinates, phones, addresses on the net ---------------------------------------------------------------
trap("net", (2020, 1, 14), "The ministry in Naypyidaw still ran {Windows 2000} and {macOS 10.15}, the hackers said.")
trap("net", (2015, 4, 21), "The boat sent its position, {33.05 N, 14.12 E}, before the line went dead.")
trap("net", (2010, 2, 1), "Families can ring {+509 2010 1945} or write to {friday.may2010@secours.example}.")
trap("net", (2022, 2, 24), "The attack on Ukrainian banks came from {10.12.20.15}, engineers in Lviv said.")
trap("net", (2019, 6, 13), "The video, at {https://news.example/2019/06/03/khartoum-sit-in}, shows men in beige uniforms.")
trap("net", (2011, 1, 28), "Activists wrote {#Jan25} on the walls and followed {@june30voice} until the net was cut.")

twin("net", (2011, 1, 31), "Activists called the first march in Cairo for [Jan 25].", lambda d: on(past_day(d, 1, 25)))
twin("net", (2019, 6, 20), "The coup of [2019-04-11] ended the rule of Omar al-Bashir.", on(date(2019, 4, 11)))
twin("net", (2022, 3, 1), "The attack on the banks began at [10.12 a.m. on Tuesday, 15 February].", lambda d: at(past_day(d, 2, 15)))
twin("net", (2011, 8, 1), "The bishop was buried in Oslo on [24/7/2011].", on(date(2011, 7, 24)))

# Companies, newspapers, channels, programmes -----------------------------------------------------------------------
trap("media", (2012, 12, 4), "Islamabad's ambassador told the newspaper {Dawn} that no deal existed.")
trap("media", (2004, 3, 9), "He told the BBC's {Today} programme that the gang ruled Cité Soleil.")
trap("media", (2006, 7, 20), "The Beirut {daily} An-Nahar printed the names of the dead; {Time} magazine printed their faces.")
trap("media", (2009, 7, 3), "{Channel 4} and {France 24} aired footage of the executions in Sri Lanka.")
trap("media", (2015, 12, 15), "Looters emptied a {7-Eleven} and a {Forever 21} in Caracas.")
trap("media", (2014, 12, 19), "Hackers threatened {Sony}, {20th Century Fox} and the editors of the {Sun}.")
trap("media", (2007, 5, 28), "A general admitted the torture on {60 Minutes} and in the {Sunday Times}.")
trap("media", (2016, 6, 3), "{Radio 1812} and the {Evening Post} of Bujumbura were shut down by decree.")
trap("media", (2023, 8, 7), "The {DEC} appeal and {Russia Today} gave different figures for the dead in Sudan.")

twin("media", (2012, 12, 6), "The ambassador said [today] that no deal with Islamabad existed.", lambda d: on(d))
twin("media", (1993, 10, 6), "The camp in Baidoa gets flour [daily] and oil [weekly].", repeated("P1D"), repeated("P1W"))
twin("media", (2009, 7, 9), "Shells hit the hospital on [4 March], {Channel 4} reported.", lambda d: on(past_day(d, 3, 4)))
twin("media", (2001, 9, 3), "Chechnya was conquered in the [19th century] and deported in the [20th century].", century(19), century(20))
twin("media", (2007, 5, 30), "The general was questioned for [40 minutes] on [Sunday].", lasting("PT40M"), lambda d: on(last(SU, d)))
twin("media", (2016, 6, 8), "Police shut the radio station in Bujumbura on [Monday evening].", lambda d: at(last(MO, d)))
twin("media", (2005, 3, 28), "The mutiny in Bishkek began on the [21st].", on(date(2005, 3, 21)))

# Titles, prizes, wars, plans ---------------------------------------------------------------------------------------
trap("title", (2024, 3, 11), "The film {20 Days in Mariupol} won, and its maker said he wished he had never made it.")
trap("title", (2021, 5, 6), "Students in Yangon passed round copies of {1984} and sang {Yesterday}.")
trap("title", (2003, 2, 13), "He keeps {One Hundred Years of Solitude} and {The Day After Tomorrow} beside his rifle.")
trap("title", (2007, 6, 5), "An officer from Haifa has written a book about the {Six-Day War}.")
trap("title", (2020, 3, 4), "Turkey named its attack {Operation Spring Shield}, and Israel had its {Summer Rains}.")
trap("title", (2016, 4, 26), "Riyadh's prince presented {Vision 2030} beside the African Union's {Agenda 2063}.")
trap("title", (2018, 11, 26), "The poet from Homs won the {August Prize} and was named {Woman of the Year}.")

twin("title", (2022, 4, 12), "The surgeon spent [20 days] in Mariupol without running water.", lasting("P20D"))
twin("title", (2013, 11, 5), "She served [12 years] as a slave to a Mauritanian judge.", lasting("P12Y"))
twin("title", (2000, 6, 12), "Ethiopia opened a [six-day] battle for the town of Zalambessa.", lasting("P6D"))
twin("title", (2023, 12, 1), "Riyadh will host the world fair in [2030].", year(2030))
twin("title", (2023, 6, 20), "The dam at Kakhovka broke on [6 June 2023], and the water reached Kherson [the day after].", on(date(2023, 6, 6)), on(date(2023, 6, 7)))
twin("title", (2012, 1, 17), "The uprising in Daraa broke out in the [spring of 2011].", months(2011, 3, 5))
twin("title", (2019, 5, 27), "Bombs tore through three churches on [Easter Sunday], killing worshippers in Negombo.", on(easter_sunday(2019)))
twin("title", (2003, 2, 15), "Gunmen in Buenaventura took the teacher's sons [yesterday].", lambda d: on(ago(d, days=1)))

# Clubs, sport ------------------------------------------------------------------------------------------------------
trap("sport", (1999, 3, 25), "The defender, a Serb, tore up his contract with {Sheffield Wednesday}.")
trap("sport", (2015, 9, 7), "Fans of {1860 Munich}, {Mainz 05} and {Hannover 96} held up banners for the refugees.")
trap("sport", (2010, 1, 11), "Angola's {Primeiro de Agosto} and the striker {Sunday Eze} sent condolences to Togo.")
trap("sport", (2009, 3, 4), "The batsman, who had made a {half-century} in Lahore, lay on the floor of the bus.")

twin("sport", (2013, 2, 8), "The Eritrean exiles met in Sheffield [Wednesday] and elected a council.", lambda d: on(last(WE, d)))
twin("sport", (2010, 10, 1), "In [1860] Damascus saw the murder of thousands of Christians.", year(1860))
twin("sport", (2015, 10, 5), "The truce ended a [50-year] war in Colombia's hills.", lasting("P50Y"))

# Ages, idioms ------------------------------------------------------------------------------------------------------
trap("idiom", (2014, 8, 20), "A {34-year-old} teacher and her {six-month-old} son died in Rafah.")
trap("idiom", (2017, 10, 16), "The dead in Mogadishu include a man in his {30s} and a girl aged {12}.")
trap("idiom", (2016, 2, 4), "Medics in Taiz work {24/7}, and call it the worst siege {in years}.")
trap("idiom", (2001, 1, 29), "{One day} the killers will sit where he sits, the widow told the judge in Guatemala City.")
trap("idiom", (1997, 5, 16), "{Once upon a time} Kinshasa had trams; no one has seen a repair crew {for ages}.")
trap("idiom", (2015, 7, 14), "Envoys reached an {eleventh-hour} deal on the {S-300} sale, and the ministers called it {a day}.")
trap("idiom", (2008, 2, 1), "Kenyans in their {Sunday best} fled the burning church near Eldoret.")

twin("idiom", (2014, 8, 22), "The {34-year-old} teacher had lived in Rafah for [ten years].", lasting("P10Y"))
twin("idiom", (2017, 10, 18), "In the [1930s] the Italians built the road out of Mogadishu.", decade(1930))
twin("idiom", (2016, 2, 6), "Judges in Sanaa gave the editor [three years] in prison.", lasting("P3Y"))
twin("idiom", (2010, 8, 5), "The river at Nowshera rose by two metres in [one day].", lasting("P1D"))
twin("idiom", (1997, 5, 20), "The prisoners in Makala see a doctor [once a month].", repeated("P1M"))
twin("idiom", (2015, 7, 17), "The envoys signed the paper in Vienna at [11 o'clock on Tuesday].", lambda d: at(last(TU, d)))
twin("idiom", (2008, 1, 4), "The church near Eldoret burned on [Tuesday, January 1].", lambda d: on(past_day(d, 1, 1)))
twin("idiom", (2006, 3, 31), "Every family in Taiz keeps a rifle from the [seventies].", decade(1970))
