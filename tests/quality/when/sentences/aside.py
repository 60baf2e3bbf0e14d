"""Sentences as they stand in wires, live blogs, reports and local newspapers, written without a list of kinds in mind."""

from collections.abc import Callable, Sequence
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
    ago,
    also,
    at,
    between,
    coming,
    contradicts,
    easter_sunday,
    hence,
    hijri,
    last,
    last_night,
    lasting,
    month,
    months,
    nth,
    on,
    persian,
    plus,
    quarter,
    repeated,
    third_of,
    till,
    vague,
    week,
    weeks_ago,
    winter,
    year,
    years,
)


def row(
    group: str, published: tuple[int, int, int], text: str, answers: Callable[[date], Sequence[Answer]] = lambda D: ()
) -> Row:
    """A row whose answers are computed from its publish date."""
    day = date(*published)
    return Row(group, day, text, tuple(answers(day)))


def named(weekday: int, day: date) -> Answer:
    """A day that the text gives with its weekday, which must be right."""
    assert day.weekday() == weekday, (weekday, day)
    return on(day)


def misnamed(weekday: int, day: date) -> Answer:
    """A day that the text gives with a wrong weekday."""
    assert day.weekday() != weekday, (weekday, day)
    return contradicts(on(day))


def same(stated: date, computed: date) -> date:
    """A date that the text states, which must be the computed one."""
    assert stated == computed, (stated, computed)
    return stated


def weekend(saturday: date) -> Answer:
    assert saturday.weekday() == SA
    return between(saturday, plus(saturday, 1))


def past(day: date, **units: int) -> Answer:
    """From so long before a day until it."""
    return between(ago(day, **units), day)


def a_day_off(answer: Answer) -> Answer:
    """The same, a day earlier or later as well, as the moon is sighted."""
    assert answer.earliest and answer.latest
    first, final = answer.earliest, answer.latest
    return also(answer, between(plus(first, -1), plus(final, -1)), between(plus(first, 1), plus(final, 1)))


ROWS = [
    # Weekdays with dates
    row(
        "weekday_date",
        (2023, 4, 24),
        "Shells fell on the maternity ward in El Fasher on [Thursday, April 20], and by [Friday evening] medics had counted 14 dead.",
        lambda D: [named(TH, date(2023, 4, 20)), at(last(FR, D))],
    ),
    row(
        "weekday_date",
        (2015, 11, 23),
        "Polling stations in Haiti's Artibonite department, shut after [Sunday]'s shooting, will reopen on [Wednesday 25 November], the electoral council told radio stations.",
        lambda D: [on(last(SU, D)), named(WE, date(2015, 11, 25))],
    ),
    row(
        "weekday_date",
        (1996, 10, 22),
        "Some 30,000 refugees walked out of the camps near Uvira between [Saturday, October 19, and Monday, October 21], aid workers said.",
        lambda D: [between(named(SA, date(1996, 10, 19)).earliest, named(MO, date(1996, 10, 21)).earliest)],
    ),
    row(
        "weekday_date",
        (2012, 3, 22),
        "A grenade was thrown into the Kigali market on [Tuesday, 14 March 2012], according to the charge sheet, which misspells two of the victims' names.",
        lambda D: [misnamed(TU, date(2012, 3, 14))],
    ),
    row(
        "weekday_date",
        (2007, 8, 1),
        "KANDAHAR, [Aug. 1] – Two hostages freed on [Monday, July 30], were flown to Kabul, the governor's office said.",
        lambda D: [on(date(2007, 8, 1)), named(MO, date(2007, 7, 30))],
    ),
    row(
        "weekday_date",
        (2021, 2, 9),
        "The junta's order, issued on [Mon., Feb. 8], bans gatherings of more than five people in seven townships of Yangon.",
        lambda D: [named(MO, date(2021, 2, 8))],
    ),
    # Lists
    row(
        "list",
        (2008, 6, 12),
        "The trial chamber in Arusha heard closing arguments on [2], [3] and [6 June 2008], and reserved judgment.",
        lambda D: [on(date(2008, 6, 2)), on(date(2008, 6, 3)), on(date(2008, 6, 6))],
    ),
    row(
        "list",
        (2021, 8, 9),
        "Mobile internet was throttled in Pulwama on [Aug 4] and [5], and again on [Saturday], residents told this newspaper.",
        lambda D: [on(date(2021, 8, 4)), on(date(2021, 8, 5)), on(last(SA, D))],
    ),
    row(
        "list",
        (2018, 5, 13),
        "Shops in Bamenda stayed shut on [Monday], [Wednesday] and [Friday] in obedience to the separatists' ghost-town order.",
        lambda D: [on(last(MO, D)), on(last(WE, D)), on(last(FR, D))],
    ),
    row(
        "list",
        (2022, 1, 27),
        "The monitors logged breaches of the Hodeidah truce in [March], [June] and [September 2021].",
        lambda D: [month(2021, 3), month(2021, 6), month(2021, 9)],
    ),
    row(
        "list",
        (2024, 9, 4),
        "Hearings before the Abuja division will resume on [10] and [17 October].",
        lambda D: [on(date(2024, 10, 10)), on(date(2024, 10, 17))],
    ),
    # Ranges
    row(
        "range",
        (2022, 3, 14),
        "More rain is forecast for Nampula from [Tuesday to Thursday], and the ferry will stay tied up until [Friday morning].",
        lambda D: [between(coming(TU, D), coming(TH, D)), at(coming(FR, D))],
    ),
    row(
        "range",
        (2024, 5, 16),
        "Humanitarian partners recorded 41 access incidents in Ménaka between [January and April 2024], against 17 in [the same period of 2023].",
        lambda D: [months(2024, 1, 4), months(2023, 1, 4)],
    ),
    row(
        "range",
        (2009, 11, 19),
        "Clashes around Sa'ada on [9-14 November] cut the road to the border, the Yemeni Red Crescent said.",
        lambda D: [between(date(2009, 11, 9), date(2009, 11, 14))],
    ),
    row(
        "range",
        (2013, 1, 8),
        "From [12 December to 3 January] not a single lorry reached Kidal, the traders' union complained.",
        lambda D: [between(date(2012, 12, 12), date(2013, 1, 3))],
    ),
    row(
        "range",
        (2024, 3, 7),
        "Reporting period: [29 February to 4 March 2024]; next update expected on [11 March].",
        lambda D: [between(date(2024, 2, 29), date(2024, 3, 4)), on(date(2024, 3, 11))],
    ),
    row(
        "range",
        (2025, 11, 6),
        "The bank will pay for rebuilding the Kakhovka pumping stations between [2027 and 2030].",
        lambda D: [years(2027, 2030)],
    ),
    row(
        "range",
        (2005, 10, 20),
        "From [June to September] the detainees at Abu Salim were given no visits, their lawyer said on [Wednesday].",
        lambda D: [months(2005, 6, 9), on(last(WE, D))],
    ),
    # Nights
    row(
        "night",
        (2024, 7, 15),
        "[The night of 12 to 13 July] was the worst in Sake, said a nun who has been sheltering 60 families there since [July 9].",
        lambda D: [at(date(2024, 7, 12), date(2024, 7, 13)), on(date(2024, 7, 9))],
    ),
    row(
        "night",
        (2023, 7, 20),
        "Drones struck grain silos near Izmail [overnight Wednesday into Thursday], the second such raid [this week].",
        lambda D: [at(last(WE, D), last(TH, D)), week(D)],
    ),
    row(
        "night",
        (2017, 2, 17),
        "Police cleared the migrants' camp outside Dunkirk in [the early hours of Friday], firing tear gas, volunteers said.",
        lambda D: [at(last(FR, D))],
    ),
    row(
        "night",
        (2014, 8, 4),
        "Our correspondent in Donetsk writes: artillery was heard west of the station [last night], and [this morning] the trams are not running.",
        lambda D: [last_night(D), at(D)],
    ),
    row(
        "night",
        (2020, 8, 27),
        "Flash floods tore through Charikar [overnight], sweeping away at least 60 houses.",
        lambda D: [at(plus(D, -1), D)],
    ),
    row(
        "night",
        (2002, 5, 7),
        "Rebels who seized Bellavista on [Wednesday night] had mortared the church by [Thursday noon], survivors told the ombudsman.",
        lambda D: [at(last(WE, D)), at(last(TH, D))],
    ),
    # Weekdays relative to weeks
    row(
        "week_weekday",
        (1991, 3, 20),
        "The minister, who met the strike leaders on [Tuesday of last week], is due back in Bamako on [Monday week].",
        lambda D: [on(plus(last(MO, ago(D, weeks=1)), 1)), on(plus(coming(MO, D), 7))],
    ),
    row(
        "week_weekday",
        (2019, 11, 5),
        "Voting in Kogi will take place [a week on Saturday]; the observers arrive [this Thursday].",
        lambda D: [on(plus(coming(SA, D), 7)), on(coming(TH, D))],
    ),
    row(
        "week_weekday",
        (2010, 8, 20),
        "The body of the teacher, abducted on [Thursday last week], was found in a canal at Swabi on [Monday of this week].",
        lambda D: [on(plus(week(ago(D, weeks=1)).earliest, 3)), on(week(D).earliest)],
    ),
    row(
        "week_weekday",
        (2000, 7, 12),
        "The encounter took place on [Sunday last] in the Doda hills, a defence spokesman said in Jammu.",
        lambda D: [on(last(SU, D, strictly=True))],
    ),
    row(
        "week_weekday",
        (2022, 9, 16),
        "Jacinta Wanjiru lost her stall in [last Friday]'s fire at Gikomba; she had paid the rent only [the day before].",
        lambda D: [on(last(FR, D, strictly=True)), on(plus(last(FR, D, strictly=True), -1))],
    ),
    row(
        "week_weekday",
        (2018, 6, 19),
        "Turnout in [last month]'s local polls was 33 per cent, and the run-off is set for [the first Sunday of next month].",
        lambda D: [month(2018, 5), on(nth(1, SU, 2018, 7))],
    ),
    # Spelled-out and ordinal dates
    row(
        "spelled",
        (2006, 3, 7),
        "On [the twenty-third of February], soldiers loyal to the colonel sealed off the airport at N'Djamena; it reopened on [the first of March].",
        lambda D: [on(date(2006, 2, 23)), on(date(2006, 3, 1))],
    ),
    row(
        "spelled",
        (2004, 4, 7),
        "The families were entered in the parish book on [the third of April 1994], and [two days later] the book was gone.",
        lambda D: [on(date(1994, 4, 3)), on(date(1994, 4, 5))],
    ),
    row(
        "spelled",
        (2013, 7, 25),
        '"My son went to work on [July sixteenth] and he never came home," Um Khaled told our reporter in Homs.',
        lambda D: [on(date(2013, 7, 16))],
    ),
    row(
        "spelled",
        (1995, 5, 30),
        "By order of the commandant, no person may leave Gudermes after [the 4th of June], the leaflets say.",
        lambda D: [on(date(1995, 6, 4))],
    ),
    row(
        "spelled",
        (2022, 12, 28),
        "The two accused were remanded till [31st December] by the Sub-Divisional Magistrate, Karimganj, having been picked up on [the 26th].",
        lambda D: [on(date(2022, 12, 31)), on(date(2022, 12, 26))],
    ),
    # Parts of weeks, months and years
    row(
        "part",
        (2004, 7, 18),
        "By [midweek] the Brahmaputra stood two metres above the danger mark at Tezpur, and it crested on [Friday night].",
        lambda D: [between(plus(week(D).earliest, 1), plus(week(D).earliest, 3)), at(last(FR, D))],
    ),
    row(
        "part",
        (2010, 11, 24),
        "Admissions at the Saint-Marc cholera unit doubled in [early November] and had doubled again by [the middle of the month].",
        lambda D: [third_of(1, 2010, 11), third_of(2, 2010, 11)],
    ),
    row(
        "part",
        (2016, 1, 13),
        "Negotiators in Havana expect to finish the chapter on victims by [the end of January] and to sign in [late February].",
        lambda D: [third_of(3, 2016, 1), third_of(3, 2016, 2)],
    ),
    row(
        "part",
        (2023, 2, 2),
        "Displacement in Cabo Delgado, which had fallen in [the first half of 2022], picked up again in [late 2022].",
        lambda D: [months(2022, 1, 6), months(2022, 9, 12)],
    ),
    row(
        "part",
        (2008, 11, 3),
        "Piracy off Puntland, rare until [mid-2007], now costs insurers more than the drought costs the region's herders.",
        lambda D: [months(2007, 5, 8)],
    ),
    row(
        "part",
        (2023, 8, 14),
        "Protesters have camped on the runway at Niamey since [the weekend], and the envoys who flew in [earlier this month] have gone home.",
        lambda D: [weekend(last(SA, D)), also(between(date(2023, 8, 1), D), month(2023, 8))],
    ),
    row(
        "part",
        (2026, 1, 20),
        "The commission plans to publish the voters' roll [later this week], well before [mid-March].",
        lambda D: [also(between(D, week(D).latest), between(plus(D, 1), week(D).latest), week(D)), third_of(2, 2026, 3)],
    ),
    row(
        "part",
        (2020, 10, 8),
        "Locusts hatched in Turkana in [the second half of September], FAO's desk in Nairobi says.",
        lambda D: [between(date(2020, 9, 16), date(2020, 9, 30))],
    ),
    # Quarters
    row(
        "quarter",
        (2024, 1, 18),
        "Opium prices in southern Shan rose by a fifth in [the third quarter of last year] and are likely to go on rising in [Q1 2024].",
        lambda D: [quarter(2023, 3), quarter(2024, 1)],
    ),
    row(
        "quarter",
        (2000, 2, 9),
        "Oil shipments from Port Sudan reached 9 million barrels in [the final quarter of 1999], the energy ministry announced on [Tuesday].",
        lambda D: [quarter(1999, 4), on(last(TU, D))],
    ),
    row(
        "quarter",
        (2017, 7, 21),
        "Civilian deaths in Helmand fell in [the first three months of the year] but soared in [the second quarter].",
        lambda D: [quarter(2017, 1), quarter(2017, 2)],
    ),
    # Seasons
    row(
        "season",
        (2001, 5, 10),
        "The ridge above Kargil was retaken in [the summer of 1999] and has been shelled on and off since, most heavily [last winter].",
        lambda D: [months(1999, 6, 8), winter(2000)],
    ),
    row(
        "season",
        (2020, 7, 8),
        "Volunteer crews in Australia were worn out by [the spring of 2019], the inquiry heard, and few of them were paid [that summer].",
        lambda D: [months(2019, 9, 11), months(2019, 12, 2, 2020)],
    ),
    row(
        "season",
        (2015, 3, 3),
        "Yazidi families who fled Sinjar [last summer] will not be home before [the autumn], a relief worker in Dohuk predicted.",
        lambda D: [months(2014, 6, 8), months(2015, 9, 11)],
    ),
    row(
        "season",
        (2024, 4, 11),
        "Crews repaired 60 per cent of what Russian missiles had broken in Kharkiv's heating network in [the winter of 2022-23].",
        lambda D: [winter(2022)],
    ),
    row(
        "season",
        (2012, 10, 2),
        "NATO supply lorries should be rolling through Torkham again by [next spring], an official in Peshawar said.",
        lambda D: [months(2013, 3, 5)],
    ),
    # Decades and centuries
    row(
        "decade",
        (2014, 11, 20),
        "The mines round Cuito Cuanavale were laid in [the 1980s] and mapped only in [2005].",
        lambda D: [years(1980, 1989), year(2005)],
    ),
    row(
        "decade",
        (2012, 8, 2),
        "The quarrel over the Tana delta pastures, which goes back to [the 19th century], flared up again in [March].",
        lambda D: [also(years(1801, 1900), years(1800, 1899)), month(2012, 3)],
    ),
    row(
        "decade",
        (2003, 9, 11),
        "Liberia's rubber estates prospered in [the seventies], were looted in [1990] and have been idle since.",
        lambda D: [years(1970, 1979), year(1990)],
    ),
    row(
        "decade",
        (2016, 9, 27),
        "Colombia's paramilitaries, armed by landowners in [the second half of the 1990s], drove out some four million peasants.",
        lambda D: [years(1995, 1999)],
    ),
    # Anchored in the text before
    row(
        "anchored",
        (2020, 2, 20),
        "Gunmen stopped the convoy near Djibo on [14 February]; [the following day] its drivers were found tied to trees.",
        lambda D: [on(date(2020, 2, 14)), on(date(2020, 2, 15))],
    ),
    row(
        "anchored",
        (2016, 6, 9),
        "The blogger was arrested in Muscat in [May 2013] and sentenced [a year later].",
        lambda D: [month(2013, 5), also(month(2014, 5), year(2014))],
    ),
    row(
        "anchored",
        (1997, 3, 12),
        "The miners walked out on [3 March 1997]. [That Monday] Lubumbashi's banks stayed closed as well.",
        lambda D: [named(MO, date(1997, 3, 3)), on(date(1997, 3, 3))],
    ),
    row(
        "anchored",
        (2019, 6, 11),
        "Villagers at Sobane set their dead down on [Sunday, 9 June], and by [the next morning] there was no one left to bury them.",
        lambda D: [named(SU, date(2019, 6, 9)), at(date(2019, 6, 10))],
    ),
    row(
        "anchored",
        (2011, 3, 31),
        "Misrata's power plant was hit on [March 19], and [the same night] the dialysis patients were taken off by trawler.",
        lambda D: [on(date(2011, 3, 19)), also(at(date(2011, 3, 19)), at(date(2011, 3, 19), date(2011, 3, 20)))],
    ),
    row(
        "anchored",
        (2006, 9, 5),
        "A first group of Tamils landed at Rameswaram on [August 12]; [ten days later] there were 6,000 of them in the transit camp.",
        lambda D: [on(date(2006, 8, 12)), on(date(2006, 8, 22))],
    ),
    row(
        "anchored",
        (2025, 5, 6),
        "Pahalgam's hotels had been full on [April 21]; [the day after], the first cancellations came in, and by [that Friday] the valley was empty.",
        lambda D: [on(date(2025, 4, 21)), on(date(2025, 4, 22)), on(coming(FR, date(2025, 4, 22)))],
    ),
    row(
        "anchored",
        (2002, 12, 10),
        "Bouaké fell in [September 2002], and [the next month] French troops dug in along the line of the railway.",
        lambda D: [month(2002, 9), month(2002, 10)],
    ),
    # Numeric dates
    row(
        "numeric",
        (2015, 2, 16),
        "Incident log, Debaltseve sector: [14/02/2015], two mortar rounds; [15.02.2015], no fire observed.",
        lambda D: [on(date(2015, 2, 14)), on(date(2015, 2, 15))],
    ),
    row(
        "numeric",
        (2022, 8, 30),
        "Situation report no. 7 (data as of [2022-08-29]) raises the number of houses destroyed in Dadu district to 81,300.",
        lambda D: [on(date(2022, 8, 29))],
    ),
    row(
        "numeric",
        (1998, 10, 2),
        "According to the indictment filed in Miami on [9/21/98], the plane left Cap-Haïtien on [4/17/98] with 300 kilos of cocaine.",
        lambda D: [on(date(1998, 9, 21)), on(date(1998, 4, 17))],
    ),
    row(
        "numeric",
        (2021, 11, 8),
        "Tigray access snapshot, updated [05-Nov-2021]: no trucks have entered since [18/10/2021].",
        lambda D: [on(date(2021, 11, 5)), on(date(2021, 10, 18))],
    ),
    row(
        "numeric",
        (2018, 2, 28),
        "Repolling was held at 13 booths in Tuensang on [27.2.18], the Chief Electoral Officer, Nagaland, said in a release.",
        lambda D: [on(date(2018, 2, 27))],
    ),
    # Clock times and zones
    row(
        "clock",
        (2019, 9, 1),
        "Warplanes hit the prison in Dhamar at [4:50 a.m. local time on Sunday] ([0150 GMT]), residents said.",
        lambda D: [at(last(SU, D)), at(last(SU, D))],
    ),
    row(
        "clock",
        (2024, 2, 21),
        "[16.42 GMT]: The World Food Programme says it will send no lorries into northern Gaza before [tomorrow morning].",
        lambda D: [at(D), at(plus(D, 1))],
    ),
    row(
        "clock",
        (2011, 1, 15),
        "A curfew will come into force in Tunis at [6 p.m. tonight] and will be lifted at [5 a.m. on Monday].",
        lambda D: [at(D), at(coming(MO, D))],
    ),
    row(
        "clock",
        (2010, 1, 21),
        "An aftershock of magnitude 5.9 was measured at [11:03 UTC on January 20], sending patients into the street at Jacmel.",
        lambda D: [at(date(2010, 1, 20))],
    ),
    row(
        "clock",
        (2017, 4, 8),
        "Tomahawks began to land on the Shayrat airfield shortly before [4.40am Damascus time yesterday], the Pentagon said.",
        lambda D: [at(plus(D, -1))],
    ),
    row(
        "clock",
        (2020, 3, 27),
        "Offices in Guwahati will shut at [1400 hrs today], the deputy commissioner ordered.",
        lambda D: [at(D)],
    ),
    # Holidays
    row(
        "holiday",
        (2003, 4, 23),
        "The rebels had promised a ceasefire from [Good Friday to Easter Monday], but shots were fired in Bujumbura's northern suburbs on [Easter Sunday].",
        lambda D: [between(plus(easter_sunday(2003), -2), plus(easter_sunday(2003), 1)), on(easter_sunday(2003))],
    ),
    row(
        "holiday",
        (2015, 1, 3),
        "Shoppers fled the {Monday Market} in Maiduguri on [Christmas Eve]; by [New Year's Day] a third of the stalls had not reopened.",
        lambda D: [on(date(2014, 12, 24)), on(date(2015, 1, 1))],
    ),
    row(
        "holiday",
        (2023, 4, 28),
        "The lull that the generals announced for [Eid al-Fitr] was over [the next day], a doctor in Bahri said.",
        lambda D: [a_day_off(on(hijri(1444, 10, 1))), a_day_off(on(plus(hijri(1444, 10, 1), 1)))],
    ),
    row(
        "holiday",
        (2011, 1, 27),
        "Lal Chowk was ringed with wire for [Republic Day]; [a day earlier], 400 party workers had been put on a train back to Delhi.",
        lambda D: [on(date(2011, 1, 26)), on(date(2011, 1, 25))],
    ),
    row(
        "holiday",
        (1992, 8, 28),
        "Andrew came ashore on [Monday], and the Army's field kitchens will stay in Homestead at least through [Labor Day].",
        lambda D: [on(last(MO, D)), on(nth(1, MO, 1992, 9))],
    ),
    row(
        "holiday",
        (2016, 5, 3),
        "Each side accuses the other of breaking the truce proclaimed for [Orthodox Easter] around Avdiivka.",
        lambda D: [on(easter_sunday(2016, orthodox=True))],
    ),
    row(
        "holiday",
        (2018, 3, 23),
        "Families in western Kabul had gone out to mark [Nowruz] when the bomber struck; another attack, on [March 17], had killed two.",
        lambda D: [on(persian(1397, 1, 1)), on(date(2018, 3, 17))],
    ),
    row(
        "holiday",
        (2019, 9, 13),
        "Dozens of pilgrims were crushed at a shrine gate in Karbala on [Ashura], and on [Thursday] the governor offered his resignation.",
        lambda D: [a_day_off(on(hijri(1441, 1, 10))), on(last(TH, D))],
    ),
    # Hijri and Persian dates
    row(
        "hijri",
        (2022, 4, 21),
        "The communiqué, dated [17 Ramadan 1443], was read out on the group's channel [the same evening].",
        lambda D: [a_day_off(on(hijri(1443, 9, 17))), a_day_off(at(hijri(1443, 9, 17)))],
    ),
    row(
        "hijri",
        (2026, 2, 10),
        "[Ramadan] begins [next week], and a kilo of sugar in Khan Younis already costs 40 shekels.",
        lambda D: [a_day_off(between(hijri(1447, 9, 1), plus(hijri(1447, 10, 1), -1))), week(hence(D, weeks=1))],
    ),
    row(
        "hijri",
        (2015, 4, 2),
        "Sana'a: a decree of [5 Jumada al-Thani 1436 AH] appoints supervisors to every ministry.",
        lambda D: [a_day_off(on(hijri(1436, 6, 5)))],
    ),
    row(
        "persian",
        (2009, 6, 24),
        "The prosecutor's summons bears the date [25 Khordad 1388], but it was handed over only on [Monday].",
        lambda D: [on(persian(1388, 3, 25)), on(last(MO, D))],
    ),
    row(
        "persian",
        (2024, 8, 11),
        "Under Taliban order no. 214 of [10 Asad 1403] ([31 July 2024]), women's voices may not be broadcast in Helmand.",
        lambda D: [on(same(date(2024, 7, 31), persian(1403, 5, 10))), on(date(2024, 7, 31))],
    ),
    # Durations
    row(
        "duration",
        (2018, 2, 27),
        "Moscow's [daily] [five-hour] pause is too short to bring a single convoy into Douma, said a UN official.",
        lambda D: [repeated("P1D"), lasting("PT5H")],
    ),
    row(
        "duration",
        (1994, 2, 10),
        "It takes [six and a half hours] to drive the 70 kilometres from Kiseljak to Tuzla, checkpoints included.",
        lambda D: [lasting("PT6H30M")],
    ),
    row(
        "duration",
        (2023, 9, 22),
        "After a [nine-month] blockade it took the Azeri army [24 hours] to finish with Karabakh.",
        lambda D: [lasting("P9M"), lasting("PT24H")],
    ),
    row(
        "duration",
        (2013, 5, 30),
        "A court in Manama gave the nurse an [18-month] sentence on [Wednesday], less the [90 days] she has spent in custody.",
        lambda D: [lasting("P18M"), on(last(WE, D)), lasting("P90D")],
    ),
    # Sets
    row(
        "set",
        (2024, 12, 5),
        "Convoys cross at Adré [twice a week]; in [October] they did so [every day].",
        lambda D: [repeated("P1W"), month(2024, 10), repeated("P1D")],
    ),
    row(
        "set",
        (2008, 3, 6),
        "Widows have stood outside the ministry in Grozny [every Thursday] since [2001].",
        lambda D: [repeated("P1W"), year(2001)],
    ),
    row(
        "set",
        (2012, 7, 3),
        "Rations in Dadaab are handed out [monthly], and the register is checked [every two years].",
        lambda D: [repeated("P1M"), repeated("P2Y")],
    ),
    row(
        "set",
        (2021, 12, 9),
        "The force's mandate is renewed [annually] and will run out on [31 January].",
        lambda D: [repeated("P1Y"), on(date(2022, 1, 31))],
    ),
    # Vague
    row(
        "vague",
        (2014, 7, 10),
        "Fuel queues have lengthened in Sana'a in [recent weeks], and since [Tuesday] there has been no diesel at all.",
        lambda D: [vague(till(D)), on(last(TU, D))],
    ),
    row(
        "vague",
        (2021, 6, 3),
        "The Karenni fighters blew up the bridge around [20 May], a village head said.",
        lambda D: [
            vague(
                also(
                    on(date(2021, 5, 20)),
                    *(between(plus(date(2021, 5, 20), -n), plus(date(2021, 5, 20), n)) for n in (1, 2, 3)),
                )
            )
        ],
    ),
    row(
        "vague",
        (2013, 12, 20),
        "Roughly [two weeks ago] the first mortar landed on Bangui airport, and for [the past few days] nobody has been able to reach the camp.",
        lambda D: [vague(weeks_ago(D, 2)), vague(till(D))],
    ),
    row(
        "vague",
        (2007, 2, 15),
        "The hostages were moved at about [3 a.m. on Tuesday], their driver believes.",
        lambda D: [vague(at(last(TU, D)))],
    ),
    # Past
    row(
        "past",
        (2022, 6, 23),
        "More than 400 aftershocks have shaken Paktika in [the past two days], and [yesterday] the road to Barmal was cut.",
        lambda D: [past(D, days=2), on(plus(D, -1))],
    ),
    row(
        "past",
        (2017, 10, 18),
        "[Three months ago] the black flag flew over the clock tower in Raqqa; [ten years ago] it was an ice-cream parlour.",
        lambda D: [month(2017, 7), year(2007)],
    ),
    row(
        "past",
        (2024, 8, 28),
        "Darfur's Jebel Marra got more rain in [the last 30 days] than in all of [2021].",
        lambda D: [past(D, days=30), year(2021)],
    ),
    row(
        "past",
        (1990, 8, 9),
        "Foreigners who drove out of Kuwait [the day before yesterday] said that the water had been turned off on [Sunday].",
        lambda D: [on(plus(D, -2)), on(last(SU, D))],
    ),
    # Future
    row(
        "future",
        (2018, 12, 12),
        "Congo will vote on [23 December], and results are expected [a week later].",
        lambda D: [on(date(2018, 12, 23)), also(on(date(2018, 12, 30)), week(date(2018, 12, 30)))],
    ),
    row(
        "future",
        (2025, 2, 26),
        "The ceasefire's first stage runs out on [Saturday]; the hostages' families plan to march on the Knesset [the day before].",
        lambda D: [on(coming(SA, D)), on(plus(coming(SA, D), -1))],
    ),
    row(
        "future",
        (2001, 11, 29),
        "Over [the next ten days] the agency hopes to move 16,000 tonnes of wheat into Mazar before the snow, and [tomorrow] the first barges leave Termez.",
        lambda D: [between(D, plus(D, 10)), on(plus(D, 1))],
    ),
    row(
        "future",
        (2023, 12, 4),
        "The blue helmets are due to leave Mali by [31 December], and the last of their camps is to be handed over [next year].",
        lambda D: [on(date(2023, 12, 31)), year(2024)],
    ),
    # Reported speech
    row(
        "reported",
        (2013, 11, 13),
        "The governor of Leyte told reporters on [Tuesday] that the first rice had reached Guiuan [the previous afternoon].",
        lambda D: [on(last(TU, D)), at(plus(last(TU, D), -1))],
    ),
    row(
        "reported",
        (2019, 4, 5),
        "Bouteflika's office had said on [Monday] that he would step down before [April 28]; he went [the next day].",
        lambda D: [on(last(MO, D)), on(date(2019, 4, 28)), on(plus(last(MO, D), 1))],
    ),
    row(
        "reported",
        (2024, 3, 7),
        '"We ate the last of the flour [yesterday]," a mother of six said by phone from Jabalia on [Thursday].',
        lambda D: [on(plus(D, -1)), on(last(TH, D))],
    ),
    row(
        "reported",
        (1999, 9, 8),
        "An Australian officer in Dili said [today] that the boat to Darwin would leave on [Friday].",
        lambda D: [on(D), on(coming(FR, D))],
    ),
    # Traps, with and without times beside them
    row(
        "trap",
        (2012, 4, 12),
        "Activists of the {April 6 Youth Movement} held up traffic on the {15 May Bridge} in Cairo on [Wednesday].",
        lambda D: [on(last(WE, D))],
    ),
    row(
        "trap",
        (2016, 7, 14),
        "Mrs {May} walked into Downing Street [yesterday] to the click of cameras.",
        lambda D: [on(plus(D, -1))],
    ),
    row(
        "trap",
        (2006, 8, 21),
        "Lebanon accepts {Resolution 1701} in full, and {2,006} soldiers have crossed the Litani, the prime minister said.",
    ),
    row(
        "trap",
        (2014, 6, 20),
        "A Ukrainian {Su-25} and two {Mi-24} helicopters strafed the {21st} kilometre of the Sloviansk road, separatists claimed.",
    ),
    row("trap", (2021, 7, 8), "The appeals judges gave case no. {ICC-01/04-02/06} back to the lower bench by {3-2}."),
    row(
        "trap",
        (2013, 8, 15),
        "Baghdad's {14 July} bridge was closed to lorries after a car blew up beside the offices of a bank.",
    ),
    row("trap", (2020, 9, 29), "The {Saturday Mothers} asked the Istanbul court to hear them in open session."),
    row(
        "trap",
        (2018, 4, 26),
        "Saudi Arabia's {Vision 2030} calls for a million jobs in tourism, and the UN's {2030 Agenda} asks for many of the same things.",
    ),
    row(
        "trap", (2011, 10, 6), "A gang war in Kingston's {August Town} left nine families homeless, the {Sunday Gleaner} found."
    ),
    row(
        "trap",
        (2004, 5, 3),
        "A sergeant told {60 Minutes} that the photographs from Abu Ghraib had been passed round the {372nd} company.",
    ),
    row(
        "trap",
        (2023, 3, 16),
        "Tens of thousands {march} on the Elysée, ministers {may} resign and the {fall} of the cabinet is openly discussed.",
    ),
    row(
        "trap", (2009, 2, 5), "Ask for {June} at the church hall in Mutare, which has its own {spring} and a ward of {24} beds."
    ),
    row(
        "trap",
        (2017, 11, 16),
        "{Section 144} was imposed in Muzaffarnagar after the attack on the {12014} Amritsar Shatabdi express.",
    ),
    row(
        "trap",
        (2025, 1, 30),
        "Colonels of the {M23} took the governor's chair in Goma on [Monday night] and tuned the sets to {Channel 24}.",
        lambda D: [at(last(MO, D))],
    ),
    row(
        "trap",
        (2022, 5, 19),
        "The {155-mm} guns outrange anything the {17th} Tank Brigade has had since [February].",
        lambda D: [month(2022, 2)],
    ),
    row("trap", (2002, 7, 4), "Greek police say the pistol belonged to the gang {November 17} and had killed a brigadier."),
    row(
        "trap",
        (2019, 12, 19),
        "{The Friday Times} of Lahore said that one of its editors had been followed home on [Tuesday].",
        lambda D: [on(last(TU, D))],
    ),
    row(
        "trap",
        (2015, 9, 24),
        "Dial {1999} for the police or {0800 2015} for a bed in one of the {31} shelters, the notices in Roszke say.",
    ),
    row(
        "trap",
        (2008, 1, 24),
        "In the stadium at {6th of October City} the match ended {2-1} and nobody was hurt, contrary to what was said on [Sunday].",
        lambda D: [on(last(SU, D))],
    ),
]
