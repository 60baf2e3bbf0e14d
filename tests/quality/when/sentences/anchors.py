"""Short texts in which it matters on which day a part was written or said.

Live blogs (each post has its own stamp), quotations, letters and diaries, datelines, clock times in narration. A stamp that a site
prints in square brackets stands in round ones here, as square ones mark the expressions.
"""

from datetime import date

from tests.quality.when.answers import (
    FR,
    MO,
    SA,
    SU,
    TH,
    TU,
    WE,
    Answer,
    Row,
    also,
    at,
    between,
    coming,
    last,
    last_night,
    lasting,
    month,
    on,
    plus,
    week,
    weeks_ago,
)

ROWS: list[Row] = []


def add(group: str, published: date, paragraphs: list[str], *answers: Answer) -> None:
    ROWS.append(Row(group, published, "\n\n".join(paragraphs), answers))


def overnight(day: date) -> Answer:
    """The night before a day, and its morning."""
    return at(plus(day, -1), day)


def next_week(day: date) -> Answer:
    return week(plus(day, 7))


# Live blogs: stamps that are a clock time only

D = date(2022, 3, 9)
add(
    "live_clock",
    D,
    [
        "Two hospitals without power as shelling goes on in the south",
        "[09:30]\nTwo hospitals in Mykolaiv lost power [overnight], the regional governor says. Engineers are at work.",
        "[08:45]\nA column of buses left Sumy [this morning] under a white flag. Another will try [tomorrow], the Red Cross says.",
        "[08:10]\nPolice confirm that thirteen people died when a shell hit a bread factory on [Monday].",
    ],
    at(D), overnight(D), at(D), at(D), on(plus(D, 1)), at(D), on(last(MO, D)),
)  # fmt: skip

D = date(2011, 2, 11)
add(
    "live_clock",
    D,
    [
        "[09.30 GMT]: Crowds are already filling the square after the president's speech [last night].\n"
        "[11.15 GMT]: State television says an \"important statement\" will be read out [this evening].\n"
        "[13.40 GMT]: Tanks have moved aside at the northern gate. A colonel tells our reporter that his men got no orders [yesterday] and have none [today].",
        "[16.05 GMT]: It is over. The vice-president has announced that the president is stepping down. Banks will stay shut until [Sunday].",
    ],
    at(D), last_night(D), at(D), at(D), at(D), on(plus(D, -1)), on(D), at(D), on(coming(SU, D)),
)  # fmt: skip

D = date(2017, 8, 9)
add(
    "live_clock",
    D,
    [
        "[7:05am] Good morning from Nairobi. Polling stations closed at [5pm yesterday], and the count went on [overnight].",
        "[9:30am] The opposition candidate calls the figures on the commission's website \"fictitious\".",
        "[12:50pm] Police have fired tear gas in Mathare. Two men were shot dead there [this morning], residents say.",
        "[4:15pm] The commission says it will declare a winner by [Tuesday].",
    ],
    at(D), at(plus(D, -1)), overnight(D), at(D), at(D), at(D), at(D), on(coming(TU, D)),
)  # fmt: skip

D = date(2012, 4, 26)
add(
    "live_clock",
    D,
    [
        "In court: the verdict on the former warlord",
        "[10.05] – The judges enter. The public gallery, half empty [yesterday], is full.\n[10.40] – The presiding judge has begun to read. It may take {two hundred and thirty} pages.\n"
        "[12.15] – Guilty on all {eleven} counts.",
        "[12.35] – Sentence will be passed on [16 May], the court says. In Freetown people have been dancing in the rain [this morning].",
    ],
    at(D), on(plus(D, -1)), at(D), at(D), at(D), on(date(2012, 5, 16)), at(D),
)  # fmt: skip

D = date(2026, 1, 15)
add(
    "live_clock",
    D,
    [
        "([14:05 EET]) Kharkiv: the mayor says 400 apartment blocks have had no heating since a substation was hit on [Tuesday night].",
        "([11:50 EET]) Odesa: air-raid alert lifted. Trams are running again.",
        "([07:20 EET]) Kyiv: the air force says it shot down 61 of 83 drones [overnight]. Schools will teach online [today] and [tomorrow].",
    ],
    at(D), at(last(TU, D)), at(D), at(D), overnight(D), on(D), on(plus(D, 1)),
)  # fmt: skip

D = date(2019, 2, 27)
add(
    "live_clock",
    D,
    [
        "[08:20]\n{15.19} million votes for the president, {11.26} million for his challenger: that is the final tally, read out in Abuja [last night].",
        "[07:45]\n{56} per cent for the incumbent. The challenger rejects the result of [Saturday]'s vote and says he will go to court [next week].",
        "[06:30]\nGood morning. The commission's chairman has read out the figures of {36} states and the capital.",
    ],
    at(D), last_night(D), at(D), on(last(SA, D)), next_week(D), at(D),
)  # fmt: skip

# Live blogs: stamps with a date

D = date(2024, 12, 8)
P, Q = date(2024, 12, 8), date(2024, 12, 7)
add(
    "live_dated",
    D,
    [
        "[Dec. 8, 2024, 6:15 a.m. ET]\nCelebrations broke out in Damascus at [dawn]. The prime minister said in a video that he would hand over power [today].",
        "[Dec. 7, 2024, 9:40 p.m. ET]\nRebels say they are inside the suburbs. The army pulled out of Homs [this afternoon].",
        "[Dec. 7, 2024, 7:02 a.m. ET]\nThe fighters who took Hama on [Thursday] moved south along Highway {5} [yesterday].",
    ],
    at(P), at(P), on(P), at(Q), at(Q), at(Q), on(last(TH, Q)), on(plus(Q, -1)),
)  # fmt: skip

D = date(2024, 3, 12)
P, Q = date(2024, 3, 12), date(2024, 3, 11)
add(
    "live_dated",
    D,
    [
        "[7:30 a.m. ET, March 12, 2024]\nThe prime minister resigned [overnight]. Regional leaders will name a council, a diplomat in Kingston says.",
        "[6:02 p.m. ET, March 11, 2024]\nThe meeting in Kingston goes on. The prime minister, stranded in San Juan, is to speak [tonight].",
        "[8:10 a.m. ET, March 11, 2024]\nGangs attacked the area of the National Palace [yesterday]. The German ambassador left on [Sunday], the ministry confirms.",
    ],
    at(P), overnight(P), at(Q), at(Q), at(Q), on(plus(Q, -1)), on(last(SU, Q)),
)  # fmt: skip

D = date(2024, 12, 7)
P = date(2024, 12, 6)
add(
    "live_dated",
    D,
    [
        "'We will not wait for the court'",
        "Published at [17:15 Greenwich Mean Time 6 December]\n[17:15 GMT 6 December]",
        "Thousands are in front of the parliament in Bucharest after the constitutional court annulled the first round [today]. Only [yesterday] the same judges had said that they saw no reason to.",
        "Published at [12:40 Greenwich Mean Time 6 December]\n[12:40 GMT 6 December]",
        "Polls were to open abroad [this morning]. The government will meet on [Tuesday], a minister tells us.",
    ],
    at(P), at(P), on(P), on(plus(P, -1)), at(P), at(P), at(P), on(coming(TU, P)),
)  # fmt: skip

D = date(2024, 12, 2)
P, Q = date(2024, 12, 1), date(2024, 11, 30)
add(
    "live_dated",
    D,
    [
        "[11:20 GMT, 1 December]\nAn aid convoy of five trucks was looted near Khan Younis [this morning], drivers say. The UN agency will halt deliveries through the crossing from [tomorrow].",
        "[09:00 GMT, 30 November]\nA strike hit a car in Khan Younis [today]. Three workers of a kitchen charity died in it, medics say.",
        "[07:15 GMT, 30 November]\nForty bodies were brought to the Nuseirat hospital [yesterday]. Tanks had withdrawn from the camp on [Thursday].",
    ],
    at(P), at(P), on(plus(P, 1)), at(Q), on(Q), at(Q), on(plus(Q, -1)), on(last(TH, Q)),
)  # fmt: skip

D = date(2015, 12, 1)
P, Q = date(2015, 11, 30), date(2015, 11, 29)
add(
    "live_dated",
    D,
    [
        "Burkina Faso votes: our ticker",
        "[29 November, 18:00]\nThe polls have closed. \"I have waited [27 years] for [today],\" says a teacher in Gounghin.",
        "[30 November, 09:00]\nThe first figures came in [overnight]. They cover {14} of {368} communes.",
        "[30 November, 23:10]\nThe former prime minister has won in the first round. His rival conceded [this evening]; he will call on the winner [tomorrow].",
    ],
    at(Q), lasting("P27Y"), on(Q), at(P), overnight(P), at(P), at(P), on(plus(P, 1)),
)  # fmt: skip

D = date(2024, 12, 1)
P = date(2024, 11, 30)
add(
    "live_dated",
    D,
    [
        "[Nov 30, 2024 17:30 UTC]\nThe army admits that it left Aleppo [today] \"to regroup\".",
        "[Nov 30, 2024 09:00 UTC]\nRebels walked up to the citadel [last night] without firing a shot, two residents say. The airport is closed.",
        "[Nov 29, 2024 20:10 UTC]\nThe offensive, which began on [Wednesday], has reached the western districts. A curfew is in force until [tomorrow evening].",
    ],
    at(P), on(P), at(P), last_night(P), at(plus(P, -1)), on(last(WE, plus(P, -1))), at(P),
)  # fmt: skip

D = date(2025, 3, 13)
P, Q = date(2025, 3, 12), date(2025, 3, 11)
add(
    "live_dated",
    D,
    [
        "[12 March 2025 – 18:20 CET]\nAngola says that direct talks between Kinshasa and the {March 23 Movement} will begin in Luanda on [Tuesday].",
        "[12 March 2025 – 08:05 CET]\nThe rebels took Walikale's airstrip [yesterday], a Congolese officer says. Eleven wounded reached Kisangani [this morning].",
        "[11 March 2025 – 21:45 CET]\nThe Congolese president was in Luanda [today]. [Tomorrow] the mediator will see the rebels.",
    ],
    at(P), on(coming(TU, P)), at(P), on(plus(P, -1)), at(P), at(Q), on(Q), on(P),
)  # fmt: skip

D = date(2021, 2, 2)
P, Q = date(2021, 2, 2), date(2021, 2, 1)
add(
    "live_dated",
    D,
    [
        "[2021-02-01 09:00]\nMobile data have been down in Yangon since [3 am]. Soldiers took the party's leaders from their beds before [dawn].",
        "[2021-02-01 20:30]\nThe banks, closed [today], will open [tomorrow], state television says.",
        "[2021-02-02 07:45]\nThe city banged pots [last night]. Hundreds of the deputies who were to be sworn in [yesterday] are still held in their hostel.",
    ],
    at(Q), at(Q), at(Q), at(Q), on(Q), on(P), at(P), last_night(P), on(Q),
)  # fmt: skip

D = date(2023, 9, 13)
Q = date(2023, 9, 12)
add(
    "live_dated",
    D,
    [
        "Derna floods: mayor fears 20,000 dead",
        "[Wed 13 Sep 2023 16.40 BST]\nFirst published on [Tue 12 Sep 2023 05.31 BST]",
        "[16.40 BST]\nThe dams gave way on [Sunday night]. [Today] divers brought up bodies {8} kilometres from the shore.",
        "[13.15 BST]\nA ship with {90} medics will leave Valletta [tomorrow].",
        "[07.50 BST]\nTwo planes landed at Benina [yesterday]. Their crews drove through the mud [overnight].",
    ],
    at(D), at(Q), at(D), at(last(SU, D)), on(D), at(D), on(plus(D, 1)), at(D), on(Q), overnight(D),
)  # fmt: skip

D = date(2022, 9, 21)
Q = date(2022, 9, 20)
add(
    "live_dated",
    D,
    [
        "Floods in Sindh: updates from the field",
        "[6 pm, Tuesday 20 September] – The water in Dadu fell by a hand's breadth [today]. Boats will go to Johi [tomorrow].",
        "[8 am, Monday 19 September] – Lake Manchar spilled over its southern bank [last night]. Four villages that our team reached on [Friday] are cut off.",
    ],
    at(Q), on(Q), on(D), at(plus(Q, -1)), last_night(plus(Q, -1)), on(last(FR, plus(Q, -1))),
)  # fmt: skip

# Live blogs: how long ago

D = date(2024, 3, 4)
add(
    "live_relative",
    D,
    [
        "[4h ago] [10.23 GMT]\nThe government has declared a state of emergency for [72 hours]. The two prisons stormed on [Saturday night] held some {3,800} men.",
        "[6h ago] [08.31 GMT]\nShots were heard near the airport [this morning], the port authority says.",
        "[1d ago] [21.15 GMT]\nA curfew begins [tonight]. Of the inmates of the national penitentiary only {99} were in their cells [this morning].",
    ],
    at(D), at(D), lasting("PT72H"), at(last(SA, D)), at(D), at(D), at(D), on(plus(D, -1)), at(plus(D, -1)), at(plus(D, -1)), at(plus(D, -1)),
)  # fmt: skip

D = date(2015, 4, 27)
add(
    "live_relative",
    D,
    [
        "Nepal earthquake: [today]'s developments\nUpdated [3 hours ago]",
        "Posted at [14:05]\nHelicopters flew {60} climbers down from Camp {1} [this morning].",
        "Posted at [09:50]\nThe toll of [Saturday]'s quake stands at more than {3,600}. An aftershock on [Sunday] brought down houses that were cracked already.",
        "Posted at [07:15]\nIt rained [overnight]. Most of Kathmandu slept outdoors for the second time.",
    ],
    on(D), also(at(D), at(plus(D, -1), D)), at(D), at(D), at(D), on(last(SA, D)), on(last(SU, D)), at(D), overnight(D),
)  # fmt: skip

D = date(2025, 5, 8)
Q = date(2025, 5, 7)
add(
    "live_relative",
    D,
    [
        "[Today, 2:14 pm]\nDrones fell on Lahore and Rawalpindi [this morning], the Pakistani army says. The border at Attari stays shut.",
        "[Today, 8:30 am]\nFifteen people died under shellfire in Poonch [yesterday], an official says.",
        "[Yesterday, 9:50 pm]\nParliament will be briefed at [11 am tomorrow]. Schools in Jammu were closed [today].",
        "[Yesterday, 6:05 am]\nMissiles struck nine places [overnight], Delhi says: its answer to the killing of {26} tourists [two weeks ago].",
    ],
    at(D), at(D), at(D), on(Q), at(Q), at(D), on(Q), at(Q), overnight(Q), weeks_ago(Q, 2),
)  # fmt: skip

D = date(2020, 10, 2)
add(
    "live_relative",
    D,
    [
        "[16 minutes ago]\n([14:05 GMT])\nAzerbaijan rejects the appeal that Moscow, Paris and Washington made [yesterday].",
        "[2 hours ago]\n([12:20 GMT])\nTwo French reporters were wounded in Martuni on [Thursday]. They will be flown to Paris [tonight].",
        "[7 hours ago]\n([07:10 GMT])\nStepanakert was shelled [overnight], its mayor says.",
    ],
    at(D), at(D), on(plus(D, -1)), at(D), at(D), on(last(TH, D)), at(D), at(D), at(D), overnight(D),
)  # fmt: skip

# Live blogs: with headings of days

D = date(2024, 12, 5)
P, Q = date(2024, 12, 5), date(2024, 12, 4)
add(
    "live_headings",
    D,
    [
        "[Thursday 5 December]",
        "[11:30]\nThe motion to impeach the president was put before the house [this morning]. Deputies in Seoul will vote on [Saturday].",
        "[08:00]\nThe defence minister resigned [overnight].",
        "[Wednesday 4 December]",
        "[17:20]\nUnions call a strike for [tomorrow]. Shares lost two per cent [today].",
        "[04:40]\nThe president lifts the martial law that he had declared [last night].",
    ],
    on(P), at(P), at(P), on(coming(SA, P)), at(P), overnight(P), on(Q), at(Q), on(P), on(Q), at(Q), last_night(Q),
)  # fmt: skip

D = date(2016, 12, 15)
P, Q = date(2016, 12, 14), date(2016, 12, 15)
add(
    "live_headings",
    D,
    [
        "[Wednesday, December 14]",
        "[5:30 a.m.] The buses that were to come at [5 a.m.] have not come.\n[10:10 a.m.] Shelling again in Sukkari. The truce agreed [yesterday] is dead, a medic writes.\n"
        "[9:15 p.m.] A new deal. The wounded will go first, [tomorrow morning].",
        "[Thursday, December 15]",
        "[7:50 a.m.] An ambulance was fired on [this morning]; one volunteer is dead.\n[2:20 p.m.] Thirteen ambulances and twenty green buses are rolling out of Ramouseh.",
    ],
    on(P), at(P), at(P), at(P), on(plus(P, -1)), at(P), at(Q), on(Q), at(Q), at(Q), at(Q),
)  # fmt: skip

# Live blogs: over midnight

D = date(2023, 4, 16)
Q = date(2023, 4, 15)
add(
    "live_midnight",
    D,
    [
        "[00:15]\nKhartoum's airport is burning. Doctors counted {56} dead civilians [yesterday].",
        "[23:40]\nThe army tells people to stay indoors [tomorrow] while its planes look for the paramilitaries.",
        "[21:05]\nGunfire woke the city [this morning]; it has not stopped. The two generals had promised talks on [Thursday].",
    ],
    at(D), on(Q), at(Q), on(D), at(Q), at(Q), on(last(TH, Q)),
)  # fmt: skip

D = date(2016, 7, 16)
Q = date(2016, 7, 15)
add(
    "live_midnight",
    D,
    [
        "Posted at [02:42]\nAn explosion at the parliament in Ankara. Deputies are in the cellar.",
        "Posted at [00:26]\nThe president speaks by telephone and calls people to the squares.",
        "Posted at [23:40]\nThe prime minister: \"A group within the army tried something [this evening].\"",
        "Posted at [22:50]\nSoldiers have closed both bridges over the Bosphorus. [Yesterday] they were jammed with holiday traffic.",
    ],
    at(D), at(D), at(Q), at(Q), at(Q), on(plus(Q, -1)),
)  # fmt: skip

D = date(2024, 12, 1)
Q = date(2024, 11, 30)
add(
    "live_midnight",
    D,
    [
        "[30 November, 22:50]\nTens of thousands are on Rustaveli Avenue again. The president said [this afternoon] that she would not leave office.",
        "[23:40]\nWater cannon. A window of the parliament is on fire. The ministry says that {107} people were arrested [yesterday].",
        "[00:15]\nThe crowd has been pushed back to the opera. Washington suspended its partnership with Tbilisi [yesterday], the state department says.",
        "[06:30]\nCalm. Forty-four people were taken to hospital [overnight]. Students want to be back [tonight].",
    ],
    at(Q), at(Q), at(Q), on(plus(Q, -1)), at(D), on(Q), at(D), overnight(D), at(D),
)  # fmt: skip

D = date(2020, 10, 1)
P, Q = plus(D, -1), plus(D, -2)
add(
    "live_midnight",
    D,
    [
        "[06:20] Both sides report shelling along the whole line [overnight].",
        "[00:40] A call for a truce is expected from three presidents [today], a diplomat says.",
        "[22:10] Another {23} soldiers died [today], the ministry in Yerevan says.",
        "[09:00] The village of Mets Tagher was hit [this morning].",
        "[01:15] The Security Council met behind closed doors [yesterday].",
        "[23:55] A jet was shot down [this morning], Armenia says; Turkey calls it a lie.",
    ],
    at(D), overnight(D), at(D), on(D), at(P), on(P), at(P), at(P), at(P), on(Q), at(Q), at(Q),
)  # fmt: skip

D = date(2014, 2, 19)
Q = plus(D, -1)
add(
    "live_midnight",
    D,
    [
        "Clashes in Kyiv: our ticker, begun on [Tuesday evening]",
        "[21:30] Riot police are in front of the barricades on Instytutska.\n[23:40] The trade-union house is on fire. Metro trains have stopped.\n[00:15] The interior ministry speaks of {14} dead.",
        "[08:20] A grey sky over Kyiv. The opposition leaders saw the president [last night] and got nothing. He has declared [today] a day of mourning.",
    ],
    at(Q), at(Q), at(Q), at(D), at(D), last_night(D), on(D),
)  # fmt: skip

# Live blogs in French

D = date(2012, 3, 22)
add(
    "live_french",
    D,
    [
        "Mali : suivez la situation en direct",
        "[11h45]\nL'aéroport de Bamako est fermé. Les frontières le resteront jusqu'à [samedi], annonce un lieutenant.",
        "[09h30]\nDes tirs ont été entendus près du palais [cette nuit]. Le président, attendu [demain] à Dakar, est introuvable.",
        "[07h10]\nLes mutins lisent une déclaration à la télévision. [Hier] encore, le ministre de la Défense était au camp de Kati.",
    ],
    at(D), on(coming(SA, D)), at(D), also(overnight(D), at(D), at(plus(D, -1))), on(plus(D, 1)), at(D), on(plus(D, -1)),
)  # fmt: skip

D = date(2013, 12, 8)
P, Q = date(2013, 12, 7), date(2013, 12, 6)
add(
    "live_french",
    D,
    [
        "Publié le [7 décembre à 08h20]\nDeux cent quatre-vingts corps ont été ramassés [hier] à Bangui, selon la Croix-Rouge. Un renfort de {400} hommes arrivera [ce soir].",
        "Publié le [6 décembre à 17h15]\nLes soldats français ont pris position à l'aéroport [ce matin]. Le désarmement commencera [lundi], promet l'état-major.",
    ],
    at(P), on(Q), at(P), at(Q), at(Q), on(coming(MO, Q)),
)  # fmt: skip

# Quotations

D = date(2023, 10, 12)
S = last(TU, D)
add(
    "quote",
    D,
    [
        "The road south is full of carts, and most of the people on it do not know where they will sleep.",
        "\"We will leave [tomorrow],\" Hassan Abu Jazar, a baker in Beit Hanoun, said on [Tuesday]. \"Bread is finished, and the well was hit [yesterday].\"",
        "His telephone has not answered [today].",
    ],
    on(plus(S, 1)), on(S), on(plus(S, -1)), on(D),
)  # fmt: skip

D = date(1999, 4, 7)
S = last(SU, D)
add(
    "quote",
    D,
    [
        "A nurse from Pec described how her street was emptied.",
        "\"They came [last night] with masks and a list,\" she told a radio station in Skopje on [Sunday]. \"[This morning] there was nobody left but the dogs.\"",
    ],
    last_night(S), on(S), at(S),
)  # fmt: skip

D = date(2003, 3, 27)
add(
    "quote_no_day",
    D,
    [
        "Water has run dry in most of Basra.",
        "\"We have drunk from the river for [four days]; my son fell ill [last night],\" said Umm Ali, who had walked to the bridge with two cans. \"If they let us, we will cross [tomorrow].\"",
        "A British officer said tankers would come \"[today] or [tomorrow], if the road holds\".",
    ],
    lasting("P4D"), last_night(D), on(plus(D, 1)), on(D), on(plus(D, 1)),
)  # fmt: skip

D = date(1994, 6, 17)
add(
    "quote_other_day",
    D,
    [
        "The church of Sainte Famille has become a trap for those who hid in it.",
        "\"They came back [last night] and took {40} boys,\" said Béatrice, whose two sons were killed on [Monday].",
        "\"[Tomorrow] they will come for us,\" said a priest who had been beaten at the same gate on [Tuesday].",
    ],
    last_night(D), on(last(MO, D)), on(plus(D, 1)), on(last(TU, D)),
)  # fmt: skip

D = date(2018, 9, 14)
S = last(MO, D)
add(
    "quote",
    D,
    [
        "\"We buried nine people [yesterday],\" the chief of Mangina, in Congo's north-east, said on [Monday]. \"[Today] there are four more.\"",
        "The ministry of health has sent vaccines to the town. A second team will fly to Beni [tomorrow], it said.",
    ],
    on(plus(S, -1)), on(S), on(S), on(plus(D, 1)),
)  # fmt: skip

D = date(2008, 1, 10)
S, T = last(MO, D), last(WE, D)
add(
    "quote",
    D,
    [
        "Two men who do not speak to each other hold Kenya's peace in their hands.",
        "\"The rallies planned for [tomorrow] are called off,\" the opposition leader said on [Monday].",
        "\"I named my cabinet [yesterday], and it will work,\" the president answered on [Wednesday].",
        "The African Union's chairman leaves Nairobi [today] with empty hands. A panel of elders will arrive [next week].",
    ],
    on(plus(S, 1)), on(S), on(plus(T, -1)), on(T), on(D), next_week(D),
)  # fmt: skip

D = date(1996, 11, 14)
S = date(1996, 11, 8)
add(
    "quote",
    D,
    [
        "\"The corridor to Goma opens [tomorrow], and the camps will be empty by [Wednesday],\" the rebel spokesman told reporters in Bukavu on [8 November].",
        "Nothing of the kind came about. The aid agencies have no news of the camp at Mugunga; a reconnaissance flight was refused [yesterday].",
    ],
    on(plus(S, 1)), on(coming(WE, S)), on(S), on(plus(D, -1)),
)  # fmt: skip

D = date(2021, 11, 4)
S = last(FR, D, strictly=True)
add(
    "quote",
    D,
    [
        "\"Dessie will not fall. You will see our tanks in Weldiya [next week],\" a colonel of the federal army said [last Friday].",
        "[The next day] the town was lost.",
        "\"We took Kombolcha on the way, [two days ago],\" a commander of the Tigrayans said on [Tuesday].",
    ],
    next_week(S), on(S), on(plus(S, 1)), on(plus(last(TU, D), -2)), on(last(TU, D)),
)  # fmt: skip

D = date(2007, 9, 29)
S = last(WE, D)
add(
    "quote",
    D,
    [
        "\"[Today] they beat the old abbot. [The day after tomorrow] we shall march again, with or without robes,\" a monk in Mandalay said by telephone on [Wednesday].",
        "The lines have been cut. The monastery was empty [yesterday], neighbours say.",
    ],
    on(S), on(plus(S, 2)), on(S), on(plus(D, -1)),
)  # fmt: skip

D = date(1992, 5, 21)
S = last(TU, D)
add(
    "quote",
    D,
    [
        "\"[Two weeks ago] there was bread; [three days ago] there was flour; [tonight] we boil grass,\" a teacher in Gorazde told a radio amateur in Zagreb on [Tuesday].",
        "A convoy of the UN refugee agency is to try the road again on [Sunday].",
    ],
    weeks_ago(S, 2), on(plus(S, -3)), at(S), on(S), on(coming(SU, D)),
)  # fmt: skip

D = date(2000, 10, 12)
S = last(TU, D)
add(
    "quote_day_before",
    D,
    [
        "The spokesman of the army met reporters in Jaffna on [Tuesday evening]. \"Our men entered the lagoon villages [this morning],\" he said. \"They will stay until [Friday].\"",
        "The rebels said nothing until [yesterday], when they showed eleven captured rifles.",
    ],
    at(S), at(S), on(coming(FR, S)), on(plus(D, -1)),
)  # fmt: skip

D = date(2019, 8, 8)
S = last(MO, D)
add(
    "quote",
    D,
    [
        "On [Monday] the governor's adviser told a television channel: \"There is no curfew in Srinagar. Schools will open [tomorrow], and by [Wednesday] the telephones will work.\"",
        "They did not. Barbed wire still closed the road to the airport [this morning].",
    ],
    on(S), on(plus(S, 1)), on(coming(WE, S)), at(D),
)  # fmt: skip

D = date(2016, 9, 17)
S = last(MO, D)
add(
    "quote",
    D,
    [
        "\"The lorries will cross from Turkey on [Friday], and the people of eastern Aleppo will eat meat at the feast,\" a UN adviser said on [Monday].",
        "[Yesterday] forty of them still stood in the dust at Cilvegözü. They will wait there until [Monday] at least, their drivers were told.",
    ],
    on(coming(FR, S)), on(S), on(plus(D, -1)), on(coming(MO, D)),
)  # fmt: skip

D = date(2011, 4, 7)
S = last(MO, D)
add(
    "quote_french",
    D,
    [
        "« Nous partirons [demain], si Dieu le veut », a dit [lundi] une habitante d'Abobo, jointe par téléphone. « Ils ont tiré [hier] sur la pharmacie. »",
        "Sa ligne est coupée. La Croix-Rouge compte envoyer une équipe dans le quartier [demain].",
    ],
    on(plus(S, 1)), on(S), on(plus(S, -1)), on(plus(D, 1)),
)  # fmt: skip

# Letters, statements, diaries

D = date(1995, 6, 20)
L = date(1995, 5, 3)
add(
    "letter",
    D,
    [
        "In a letter dated [3 May] he wrote to his sister in Graz: \"We leave [next week]. The school was hit [yesterday], there is nobody left to teach.\"",
        "He was seen for the last time on a bus in Bihac. His name was on a list of prisoners that the Red Cross received [last week].",
    ],
    on(L), next_week(L), on(plus(L, -1)), week(plus(D, -7)),
)  # fmt: skip

D = date(1994, 5, 9)
L, M = date(1994, 4, 12), date(1994, 4, 14)
add(
    "diary",
    D,
    [
        "A Belgian doctor kept a diary in Kigali's hospital. We print parts of it.",
        "[Tuesday, 12 April]\nThe Red Cross brought {200} wounded [today]. The last Frenchmen flew out [this morning]. No water.",
        "[Thursday, 14 April]\n[Last night] soldiers pulled six men from our ambulance and shot them. [Yesterday] the radio said that we were hiding enemies. [Tomorrow] I shall stop the rounds.",
        "The doctor is in Nairobi now; he arrived there on [Friday].",
    ],
    on(L), on(L), at(L), on(M), last_night(M), on(plus(M, -1)), on(plus(M, 1)), on(last(FR, D)),
)  # fmt: skip

D = date(2013, 8, 17)
L = date(2013, 8, 14)
add(
    "statement",
    D,
    [
        "\"The police attacked our camps [this morning] while the women were at prayer. We shall march again on [Friday],\" the movement said in a statement dated [14 August].",
        "The march took place, and more than {170} people died. The government will discuss a ban on the movement [tomorrow].",
    ],
    at(L), on(coming(FR, L)), on(L), on(plus(D, 1)),
)  # fmt: skip

D = date(2023, 10, 18)
L, M = date(2023, 10, 14), date(2023, 10, 16)
add(
    "messages",
    D,
    [
        "This is what Samir, a paramedic in Khan Younis, wrote to his brother in Malmö.",
        "[14/10/2023, 21:05] - Samir: Forty wounded [today]. They say the crossing will open [tomorrow]\n[16/10/2023, 06:50] - Samir: It did not open. The house next to Mother's was hit [last night]",
        "Nothing has come from him since. The brother called the Red Crescent [this morning].",
    ],
    at(L), on(L), on(plus(L, 1)), at(M), last_night(M), at(D),
)  # fmt: skip

D = date(2017, 11, 9)
L = date(2017, 10, 30)
add(
    "letter",
    D,
    [
        "\"The last families must be out of Block {7} by [Friday],\" an internal memo of the camp's administration, dated [30 October], says. \"Water was turned off [yesterday].\"",
        "The centre on Manus Island, Papua New Guinea, was declared closed on [31 October]. Some {400} men are still there, a lawyer who saw them [yesterday] says.",
    ],
    on(coming(FR, L)), on(L), on(plus(L, -1)), on(date(2017, 10, 31)), on(plus(D, -1)),
)  # fmt: skip

D = date(2009, 1, 14)
L = last(SA, D)
add(
    "messages",
    D,
    [
        "At [06:12 on Saturday] Ahmed Ghaben sent a text message to his employer in Ramallah: \"They came [last night]. We are in the stairwell. If it is quiet we will try to get to the school [tomorrow].\"",
        "The school was shelled while the family was on its way. His employer learned of it [yesterday].",
    ],
    at(L), last_night(L), on(plus(L, 1)), on(plus(D, -1)),
)  # fmt: skip

D = date(2024, 7, 25)
L = last(MO, D)
add(
    "messages",
    D,
    [
        "In a post on X on [Monday] the home ministry in Dhaka wrote: \"The curfew will be eased for [three hours] [tomorrow]. Factories stay closed [today].\"",
        "Garment workers went back to their machines on [Wednesday]. The internet came back, slowly, [the same day].",
    ],
    on(L), lasting("PT3H"), on(plus(L, 1)), on(L), on(last(WE, D)), on(last(WE, D)),
)  # fmt: skip

D = date(1998, 3, 26)
L = date(1998, 2, 9)
add(
    "statement",
    D,
    [
        "In a report of [9 February] the secretary-general told the Security Council that {4,000} people had crossed from Sierra Leone into Guinea \"in [the past ten days]\". He promised to write again \"[next month]\".",
        "The promised paper came [yesterday]. It speaks of {120,000}.",
    ],
    on(L), between(plus(L, -10), L), month(1998, 3), on(plus(D, -1)),
)  # fmt: skip

D = date(2025, 10, 30)
L, M = last(SU, D), last(WE, D)
add(
    "messages",
    D,
    [
        "In a voice message recorded in El Fasher on [Sunday] and passed to this agency on [Wednesday], a nurse whispers: \"They entered the base [this morning]. [Tomorrow] they will be here.\"",
        "The maternity hospital where she worked was attacked on [Tuesday], the World Health Organization says. The Security Council is to meet [tonight].",
    ],
    on(L), on(M), at(L), on(plus(L, 1)), on(last(TU, D)), at(D),
)  # fmt: skip
D = date(2016, 12, 19)
L = date(2016, 12, 6)
add(
    "letter_french",
    D,
    [
        "Dans une lettre datée du [6 décembre], un pharmacien d'Alep-Est écrivait : « Nous partons [la semaine prochaine]. L'hôpital a brûlé [hier]. »",
        "Il est arrivé à Idlib [vendredi] avec ses trois filles. Un dernier convoi doit quitter la ville [demain].",
    ],
    on(L), next_week(L), on(plus(L, -1)), on(last(FR, D)), on(plus(D, 1)),
)  # fmt: skip

# Datelines

D, L = date(2024, 11, 24), date(2024, 11, 21)
add(
    "dateline",
    D,
    [
        "SARMADA, [November 21, 2024] (Orontes Post) - Twenty-two trucks with flour crossed into north-western Syria [today], the first since the bridge at Atmeh was damaged on [Friday].",
        "The drivers will go back for tents on [Saturday], the head of the local council said.",
    ],
    on(L), also(on(L), on(D)), also(on(last(FR, L)), on(last(FR, D))), also(on(coming(SA, L)), on(coming(SA, D))),
)  # fmt: skip

D, L = date(2025, 2, 8), date(2025, 2, 5)
add(
    "dateline",
    D,
    [
        "GOMA, DR Congo, [5 Feb 2025] — Burial teams worked [yesterday] in the cemeteries of Goma, where fighting ended on [Thursday].",
        "More than {2,000} bodies have been collected, the United Nations said. The leaders of two regional blocs will meet in Dar es Salaam on [Saturday].",
    ],
    on(L), also(on(plus(L, -1)), on(plus(D, -1))), also(on(last(TH, L)), on(last(TH, D))), also(on(coming(SA, L)), on(coming(SA, D))),
)  # fmt: skip

D, L = date(2023, 6, 19), date(2023, 6, 14)
add(
    "dateline",
    D,
    [
        "Nairobi – [14 June 2023] – At least {42} people were killed in attacks on two camps in Ituri [this week], the medical charity said in a statement [today].",
        "\"We treated {eleven} children on [Monday],\" its coordinator said. A mobile clinic will open [tomorrow].",
    ],
    on(L), also(week(L), week(D)), also(on(L), on(D)), also(on(last(MO, L)), on(last(MO, D))), also(on(plus(L, 1)), on(plus(D, 1))),
)  # fmt: skip

D, L = date(2012, 8, 18), date(2012, 8, 15)
add(
    "dateline",
    D,
    [
        "KABUL, [Aug. 15] (Hindukush Wire) -- Afghan police defused a truck bomb on the road to the airport [Wednesday], after {three} blasts in Zaranj left dozens dead, the interior ministry said here.",
        "Seven suspects were seized in Logar province on [Friday].",
        "No group has claimed responsibility. The president will visit the wounded [tomorrow].",
    ],
    on(L), also(on(last(WE, L)), on(last(WE, D))), also(on(last(FR, L)), on(last(FR, D))), also(on(plus(L, 1)), on(plus(D, 1))),
)  # fmt: skip

D, L = date(1995, 1, 2), date(1994, 12, 30)
add(
    "dateline",
    D,
    [
        "MOSCOW, [Dec. 30] (Caucasus News) - Russian aircraft struck an oil depot in Grozny [last night], and columns of smoke stood over the city [today].",
        "The president told the nation on [Tuesday] that the bombing of civilians would stop. \"We shall be in the centre [tomorrow],\" an officer said at Tolstoy-Yurt.",
    ],
    on(L),
    also(at(plus(L, -1)), at(plus(L, -1), L), at(plus(D, -1)), at(plus(D, -1), D)),
    also(on(L), on(D)),
    also(on(last(TU, L)), on(last(TU, D))),
    also(on(plus(L, 1)), on(plus(D, 1))),
)  # fmt: skip

D, L = date(2009, 1, 20), date(2009, 1, 18)
add(
    "dateline",
    D,
    [
        "COLOMBO, [Jan 18] (Island Wire) - Two soldiers and an unknown number of rebels died in Mullaitivu [yesterday] as the army closed in on the last towns of the Tamil Tigers.",
        "Patients were moved from the hospital at Vallipunam on [Monday], a UN official said. The Red Cross hopes to evacuate {50} of them [this week].",
    ],
    on(L), also(on(plus(L, -1)), on(plus(D, -1))), also(on(last(MO, L)), on(last(MO, D))), also(week(L), week(D), week(plus(L, 1))),
)  # fmt: skip

D, L = date(2014, 9, 12), date(2014, 9, 9)
add(
    "dateline",
    D,
    [
        "(Geneva, [9 September 2014]) – Islamist fighters have killed at least {160} captured soldiers near Tabqa, a rights group said [today].",
        "Satellite pictures taken on [Wednesday] show the place. The Human Rights Council will take up the case [next week].",
    ],
    on(L), also(on(L), on(D)), also(on(last(WE, L)), on(last(WE, D))), also(next_week(L), next_week(D)),
)  # fmt: skip

D, L = date(2002, 2, 24), date(2002, 2, 21)
add(
    "dateline",
    D,
    [
        "BOGOTA, Colombia, [Thursday, Feb. 21, 2002] — Warplanes bombed jungle airstrips before [dawn] after the president ended [three years] of peace talks [last night].",
        "The rebels had hijacked an airliner on [Wednesday]. Soldiers will be in San Vicente by [Saturday], a general said.",
    ],
    on(L),
    also(at(L), at(D)),
    lasting("P3Y"),
    also(at(plus(L, -1)), at(plus(L, -1), L), at(plus(D, -1)), at(plus(D, -1), D)),
    also(on(last(WE, L)), on(last(WE, D))),
    also(on(coming(SA, L)), on(coming(SA, D))),
)  # fmt: skip

D, L = date(2012, 3, 25), date(2012, 3, 22)
add(
    "dateline_french",
    D,
    [
        "BAMAKO, [22 mars 2012] (Sahel Presse) - Des militaires ont pris [hier] le siège de la radio et annoncé [ce matin] la dissolution des institutions.",
        "La mutinerie avait commencé [mercredi] au camp de Kati. L'Union africaine se réunira [demain].",
    ],
    on(L), also(on(plus(L, -1)), on(plus(D, -1))), also(at(L), at(D)), also(on(last(WE, L)), on(last(WE, D))), also(on(plus(L, 1)), on(plus(D, 1))),
)  # fmt: skip

# Clock times and parts of a day in narration

D = date(2004, 4, 14)
S = last(SA, D)
add(
    "narration",
    D,
    [
        "They came on [Saturday]. At [4 pm] the shelling began, from two hills north of the village. By [nightfall] the market of Tawila was ash.",
        "[The next morning] the riders returned for the cattle. At [noon] they left, and the women came out of the wadi to count the dead.",
        "A UN team is to reach the place [tomorrow].",
    ],
    on(S), at(S), at(S), at(plus(S, 1)), at(plus(S, 1)), on(plus(D, 1)),
)  # fmt: skip

D = date(2014, 4, 6)
S = date(1994, 4, 6)
add(
    "narration",
    D,
    [
        "On [6 April 1994] the presidents of Rwanda and Burundi were flying home from Dar es Salaam. At [8:20 pm] two missiles struck their plane. By [9:15 pm] there were roadblocks on the road to Kanombe.",
        "[The next morning] the prime minister was dragged from a neighbour's garden and shot.",
        "[Today] a torch will be lit in Kigali.",
    ],
    on(S), at(S), at(S), at(plus(S, 1)), on(D),
)  # fmt: skip

D = date(2014, 5, 8)
S = date(2014, 4, 14)
add(
    "narration",
    D,
    [
        "It was [Monday, 14 April], the girls had an examination in physics ahead of them, and the dormitory was quiet. At [11:45 pm] they heard motorcycles. At [3 am] the trucks left for the forest with {276} of them.",
        "[That afternoon] the first fathers set out after them with bows and a single gun.",
        "The president spoke of Chibok in public for the first time on [Sunday].",
    ],
    on(S), at(S), at(plus(S, 1)), at(plus(S, 1)), on(last(SU, D)),
)  # fmt: skip

D = date(2010, 10, 31)
add(
    "narration",
    D,
    [
        "Ivory Coast is voting [today]. At [7 am] the queue at the Lycée Sainte-Marie was a kilometre long; at [noon] it was no shorter.",
        "The army had brought the ballot boxes on [Friday]. By [6 pm that day] half of the communes had none.",
        "The polls close [this evening]. A result will be given by [Wednesday].",
    ],
    on(D), at(D), at(D), on(last(FR, D)), at(last(FR, D)), at(D), on(coming(WE, D)),
)  # fmt: skip

D = date(2022, 8, 31)
S = last(FR, D)
add(
    "narration",
    D,
    [
        "The Swat had been rising. On [Friday] it took the hotels of Kalam: the first fell at [9:40 a.m.], the second at [noon]. At [10 p.m.] the bridge at Madyan went. At [2 a.m.] the loudspeakers of Nowshera told everyone to climb.",
        "[That Saturday] the army flew {110} people out. [This morning] the river was back in its bed.",
    ],
    on(S), at(S), at(S), at(S), at(plus(S, 1)), on(plus(S, 1)), at(D),
)  # fmt: skip

D = date(1993, 10, 8)
S = last(SU, D)
add(
    "narration",
    D,
    [
        "On [Sunday] the Americans came by helicopter. At [3:40 p.m.] they were on the roof of the hotel; at [4:20 p.m.] the first machine fell into an alley behind the market.",
        "The column of Malaysians and Pakistanis broke through at [2 a.m. on Monday]. At [6:30 a.m.] the last soldiers ran to the stadium.",
        "A pilot is still held. The Red Cross saw him [this morning].",
    ],
    on(S), at(S), at(S), at(plus(S, 1)), at(plus(S, 1)), at(D),
)  # fmt: skip

D = date(2024, 9, 19)
S, T = last(TU, D), last(WE, D)
add(
    "narration",
    D,
    [
        "On [Tuesday], at [3:30 pm], the pagers beeped and then blew up, in shops, in cars, in a child's hands. By [4 pm] the hospitals of Beirut's south had run out of surgeons.",
        "On [Wednesday] they buried the dead. At [5 pm], in the middle of a funeral, the radios blew up.",
        "[This afternoon] the movement's leader is to speak. At [noon] the streets around his offices were empty.",
    ],
    on(S), at(S), at(S), on(T), at(T), at(D), at(D),
)  # fmt: skip

D = date(2010, 10, 22)
S = last(SA, D)
add(
    "narration_french",
    D,
    [
        "Ils sont venus [samedi], à moto. A [16 heures], les premiers coups de feu ont éclaté près du moulin ; à [18h30], le village brûlait.",
        "[Le lendemain matin], les femmes ont trouvé onze corps dans le puits. A [midi], les casques bleus n'étaient toujours pas là.",
        "Ils ont promis de revenir [demain].",
    ],
    on(S), at(S), at(S), at(plus(S, 1)), at(plus(S, 1)), on(plus(D, 1)),
)  # fmt: skip
