"""English sentences with expressions of time.

Brackets leave out a leading "the" ("the [past decade]") but keep "a" where it counts ("[a decade]", "[a year earlier]").
"""

from datetime import date, timedelta

from hijridate import Gregorian

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
    century,
    coming,
    coming_day,
    coming_month,
    contradicts,
    easter_sunday,
    hence,
    hijri,
    last,
    lasting,
    month,
    month_end,
    months,
    nth,
    on,
    past_day,
    past_month,
    persian,
    repeated,
    sighted,
    third_of,
    till,
    vague,
    week,
    winter,
    year,
    years,
)

ONE_DAY = timedelta(days=1)


def of_week(weekday: int, published: date, weeks: int = 0) -> date:
    """The weekday in the week of a day, or so many weeks after (or before)."""
    return published - timedelta(days=published.weekday()) + timedelta(days=weekday, weeks=weeks)


def hijri_month(year_: int, number: int) -> Answer:
    following = hijri(year_ + number // 12, number % 12 + 1, 1)
    return sighted(hijri(year_, number, 1), following - ONE_DAY)


def hijri_year_of(day: date) -> int:
    return Gregorian(day.year, day.month, day.day).to_hijri().year


def past_feast(published: date, month_: int, day: int) -> date:
    """The last such day of the Hijri year on or before a day."""
    year_ = hijri_year_of(published)
    found = hijri(year_, month_, day)
    return found if found <= published else hijri(year_ - 1, month_, day)


def coming_feast(published: date, month_: int, day: int) -> date:
    year_ = hijri_year_of(published)
    found = hijri(year_, month_, day)
    return found if found > published else hijri(year_ + 1, month_, day)


def persian_month(year_: int, number: int) -> Answer:
    following = persian(year_ + number // 12, number % 12 + 1, 1)
    return between(persian(year_, number, 1), following - ONE_DAY)


def persian_year(year_: int) -> Answer:
    return between(persian(year_, 1, 1), persian(year_ + 1, 1, 1) - ONE_DAY)


ROWS = [
    # A weekday with its date
    Row(
        "weekday_date",
        D := date(2024, 12, 2),
        "Shelling in El Fasher killed 14 people on [Friday, Nov. 29], the resistance committee said.",
        (on(past_day(D, 11, 29)),),
    ),
    Row(
        "weekday_date",
        date(2018, 9, 12),
        "A judge in Mandalay read out the verdict on [Mon 10 Sept 2018] to an almost empty room.",
        (on(date(2018, 9, 10)),),
    ),
    Row(
        "weekday_date",
        D := date(2013, 3, 16),
        "On [Thursday the 14th of March] gunmen stopped a bus outside Mubi and took seven passengers.",
        (on(past_day(D, 3, 14)),),
    ),
    Row(
        "weekday_date",
        date(1998, 2, 20),
        "The prosecutor's file says the villagers of Ituango were led away on [Thursday, 15 January 1998].",
        (on(date(1998, 1, 15)),),
    ),
    Row(
        "weekday_date",
        D := date(2014, 6, 24),
        "Militants overran the border post at Rabia on [Sat. 21 June], two officers said.",
        (on(past_day(D, 6, 21)),),
    ),
    Row(
        "weekday_date",
        date(2021, 6, 1),
        "According to the ministry's report, the patrol was ambushed near Djibo on [Tuesday, 5 May 2021].",
        (contradicts(on(date(2021, 5, 5))),),
    ),
    Row(
        "weekday_date",
        D := date(2022, 8, 20),
        "The levee at Sukkur gave way on [Sunday, August 15], relief workers said.",
        (contradicts(on(past_day(D, 8, 15))),),
    ),
    Row(
        "weekday_date",
        date(2010, 11, 30),
        "Cholera patients in Gonaïves were turned away on [Tue, 16 Nov 2010] because beds had run out.",
        (on(date(2010, 11, 16)),),
    ),
    Row(
        "weekday_date",
        D := date(2021, 10, 19),
        "Voters in the region will choose a new assembly on [Sunday, 24 October].",
        (on(coming_day(D, 10, 24)),),
    ),
    Row(
        "weekday_date",
        D := date(2004, 12, 1),
        "Four peacekeepers were hurt in Bunia on [Monday (29 November)], the mission said.",
        (on(past_day(D, 11, 29)),),
    ),
    Row(
        "weekday_date",
        D := date(2020, 2, 22),
        "Snipers fired on the market in Idlib on [Weds 19th Feb], a medic said.",
        (on(past_day(D, 2, 19)),),
    ),
    Row(
        "weekday_date",
        D := date(1995, 7, 20),
        "The convoy left Tuzla on the [evening of Thursday, 13 July], and nobody has heard from it.",
        (at(past_day(D, 7, 13)),),
    ),
    # A list
    Row(
        "list",
        D := date(2019, 6, 16),
        "Protesters blocked the ring road in Port-au-Prince on [Monday], [Wednesday] and [Friday].",
        (on(last(MO, D)), on(last(WE, D)), on(last(FR, D))),
    ),
    Row(
        "list",
        D := date(2024, 12, 5),
        "Drones struck the depot outside Omdurman on [25], [26] and [28 November].",
        (on(past_day(D, 11, 25)), on(past_day(D, 11, 26)), on(past_day(D, 11, 28))),
    ),
    Row(
        "list",
        date(2023, 2, 14),
        "Observers were barred from the polls of [2011], [2013] and [2018], the bishops recalled.",
        (year(2011), year(2013), year(2018)),
    ),
    Row(
        "list",
        D := date(2015, 11, 9),
        "The Saudi-led coalition hit the same bridge in [April], [June] and [September].",
        (past_month(D, 4), past_month(D, 6), past_month(D, 9)),
    ),
    Row(
        "list",
        date(2003, 1, 20),
        "Rebels shelled Bouaké on [November 3], [9] and [17, 2002].",
        (on(date(2002, 11, 3)), on(date(2002, 11, 9)), on(date(2002, 11, 17))),
    ),
    Row(
        "list",
        D := date(2009, 5, 16),
        "Mortars fell on the hospital at Mullivaikkal on [Tuesday] and again on [Thursday].",
        (on(last(TU, D)), on(last(TH, D))),
    ),
    Row(
        "list",
        D := date(2017, 8, 29),
        "Mudslides buried homes in Regent on [4 May], [11 June] and [14 August].",
        (on(past_day(D, 5, 4)), on(past_day(D, 6, 11)), on(past_day(D, 8, 14))),
    ),
    Row(
        "list",
        D := date(2001, 9, 2),
        "Police in Srinagar fired tear gas on the [3rd], [10th] and [17th of August].",
        (on(past_day(D, 8, 3)), on(past_day(D, 8, 10)), on(past_day(D, 8, 17))),
    ),
    Row(
        "list",
        D := date(2020, 11, 12),
        "Forecasters say the storm will reach the Honduran coast on [Saturday] or [Sunday].",
        (on(coming(SA, D)), on(coming(SU, D))),
    ),
    Row(
        "list",
        date(2016, 10, 4),
        "The governor survived attempts on his life in [January 2009], [March 2013] and [April 2016].",
        (month(2009, 1), month(2013, 3), month(2016, 4)),
    ),
    Row(
        "list",
        D := date(2025, 9, 9),
        "Schools in Kathmandu were shut [yesterday] and [today] and will stay shut [tomorrow].",
        (on(ago(D, days=1)), on(D), on(hence(D, days=1))),
    ),
    Row(
        "list",
        D := date(1999, 4, 30),
        "NATO jets hit the refinery at Pancevo on [April 4], [13] and [18].",
        (on(past_day(D, 4, 4)), on(past_day(D, 4, 13)), on(past_day(D, 4, 18))),
    ),
    # The year stands only at the end
    Row(
        "carried_year",
        date(2022, 3, 3),
        "Three mass graves were opened near Tarhuna on [4 May], [11 June] and [2 July 2021].",
        (on(date(2021, 5, 4)), on(date(2021, 6, 11)), on(date(2021, 7, 2))),
    ),
    Row(
        "carried_year",
        date(2019, 5, 6),
        "Witnesses described raids on Cibitoke on [12] and [19 January 2016].",
        (on(date(2016, 1, 12)), on(date(2016, 1, 19))),
    ),
    Row(
        "carried_year",
        date(2018, 7, 7),
        "The Baga survivors hid in the marshes from [28 December to 3 January 2015].",
        (between(date(2014, 12, 28), date(2015, 1, 3)),),
    ),
    Row(
        "carried_year",
        date(2020, 8, 25),
        "Refugees crossed into Bangladesh in [August], [September] and [November 2017].",
        (month(2017, 8), month(2017, 9), month(2017, 11)),
    ),
    Row(
        "carried_year",
        date(2023, 6, 1),
        "Locusts stripped the fields around Garissa from [December to February 2020].",
        (between(date(2019, 12, 1), month_end(2020, 2)),),
    ),
    Row(
        "carried_year",
        date(2004, 3, 17),
        "The tribunal counts 41 villages burned between [3 April and 9 June 1999].",
        (between(date(1999, 4, 3), date(1999, 6, 9)),),
    ),
    Row(
        "carried_year",
        date(1996, 10, 1),
        "The archive holds radio traffic from Mogadishu for [Sept. 30-Oct. 4, 1993].",
        (between(date(1993, 9, 30), date(1993, 10, 4)),),
    ),
    Row(
        "carried_year",
        date(2012, 2, 2),
        "Gangs raided the camp in [early March], [mid-April] and [late June 2008].",
        (third_of(1, 2008, 3), third_of(2, 2008, 4), third_of(3, 2008, 6)),
    ),
    Row(
        "carried_year",
        date(2025, 2, 11),
        "The strikes on Rafah of [Monday, 6 May], [Thursday, 9 May] and [Sunday, 12 May 2024] are under review.",
        (on(date(2024, 5, 6)), on(date(2024, 5, 9)), on(date(2024, 5, 12))),
    ),
    Row(
        "carried_year",
        date(2011, 9, 19),
        "Paramilitaries held the river port in Chocó in [March] and again in [July 2002].",
        (month(2002, 3), month(2002, 7)),
    ),
    # Ranges
    Row(
        "range",
        D := date(2025, 3, 27),
        "M23 fighters and the army traded fire near Walikale from [Monday to Wednesday].",
        (between(last(MO, D), last(WE, D)),),
    ),
    Row(
        "range",
        D := date(2024, 12, 3),
        "Aid flights to Aleppo were halted [27-30 Nov], the UN said.",
        (between(past_day(D, 11, 27), past_day(D, 11, 30)),),
    ),
    Row(
        "range",
        date(2021, 9, 30),
        "Emergency rule of [2015-17] left 300 people in Turkish jails without charge, lawyers say.",
        (years(2015, 2017),),
    ),
    Row(
        "range",
        date(2019, 1, 8),
        "Between [May and June 2017] the battle for Marawi emptied 40 villages.",
        (months(2017, 5, 6),),
    ),
    Row(
        "range",
        date(2022, 11, 4),
        "He ran the secret prison in Misrata from [2011 until 2014], the indictment says.",
        (years(2011, 2014),),
    ),
    Row(
        "range",
        D := date(2002, 3, 9),
        "Curfew was lifted in Ahmedabad for women only, [Tuesday through Thursday].",
        (between(last(TU, D), last(TH, D)),),
    ),
    Row(
        "range",
        date(2024, 4, 15),
        "In the period [April 2023–January 2024] Doctors Without Borders treated 9,000 wounded in Sudan.",
        (between(date(2023, 4, 1), month_end(2024, 1)),),
    ),
    Row(
        "range",
        D := date(2013, 8, 6),
        "Polling stations in Bamako's suburbs ran out of ballots from [9 a.m. to 1 p.m. on Sunday].",
        (at(last(SU, D)),),
    ),
    Row(
        "range",
        D := date(2005, 11, 8),
        "A ban on gatherings held from [8 p.m. Friday to 6 a.m. Saturday].",
        (at(last(FR, D), last(SA, D)),),
    ),
    Row(
        "range",
        date(2024, 2, 1),
        "The panel covers attacks on clinics from [Oct. 7, 2023, through Jan. 15, 2024].",
        (between(date(2023, 10, 7), date(2024, 1, 15)),),
    ),
    Row(
        "range",
        date(2023, 1, 19),
        "From [early May to late June 2022] no grain ship left Odesa.",
        (between(date(2022, 5, 1), month_end(2022, 6)),),
    ),
    Row(
        "range",
        D := date(2003, 8, 2),
        "Monrovia was without water between [12 and 19 July].",
        (between(past_day(D, 7, 12), past_day(D, 7, 19)),),
    ),
    Row(
        "range",
        D := date(2026, 1, 13),
        "The mediators will meet in Jeddah from [Thursday to Saturday].",
        (between(coming(TH, D), coming(SA, D)),),
    ),
    # Nights
    Row(
        "night",
        D := date(2023, 5, 29),
        "Air defences shot down 30 drones over Kyiv [overnight], the city said.",
        (at(ago(D, days=1), D),),
    ),
    Row(
        "night",
        D := date(2015, 10, 3),
        "A clinic in Kunduz was hit [overnight Thursday into Friday], its director said.",
        (at(last(TH, D), last(FR, D)),),
    ),
    Row(
        "night",
        D := date(2021, 8, 20),
        "The governor fled Herat in the [night of 14 to 15 August].",
        (at(past_day(D, 8, 14), past_day(D, 8, 15)),),
    ),
    Row(
        "night",
        D := date(1992, 4, 7),
        "Shots were heard across Sarajevo [last night].",
        (also(at(ago(D, days=1)), at(ago(D, days=1), D)),),
    ),
    Row("night", D := date(2008, 11, 29), "The siege of the hotel in Mumbai began on [Wednesday night].", (at(last(WE, D)),)),
    Row(
        "night",
        D := date(2021, 2, 3),
        "Soldiers detained the ministers in Naypyidaw in the [small hours of Monday].",
        (at(last(MO, D)),),
    ),
    Row(
        "night",
        D := date(2019, 1, 9),
        "Three officers took over the radio station in Libreville in the [early hours of Monday].",
        (at(last(MO, D)),),
    ),
    Row(
        "night",
        D := date(2012, 3, 23),
        "Mutineers looted the palace in Bamako in the [night from Wednesday to Thursday].",
        (at(last(WE, D), last(TH, D)),),
    ),
    Row("night", D := date(2011, 3, 17), "The Security Council will vote [tonight] on a no-fly zone over Libya.", (at(D),)),
    Row(
        "night",
        D := date(2006, 8, 1),
        "Bombs killed a family in Qana during the [night of Saturday to Sunday].",
        (at(last(SA, D), last(SU, D)),),
    ),
    Row(
        "night",
        D := date(2017, 1, 4),
        "A gunman opened fire in an Istanbul club in the [night of 31 December-1 January].",
        (at(past_day(D, 12, 31), past_day(D, 1, 1)),),
    ),
    Row(
        "night",
        date(1995, 8, 15),
        "Residents of Zepa say the shelling started on the [night of 20 July 1995].",
        (also(at(date(1995, 7, 20)), at(date(1995, 7, 20), date(1995, 7, 21))),),
    ),
    # Weekdays in combination
    Row(
        "weekday_combo",
        D := date(2024, 10, 17),
        "Gangs torched the police station in Arcahaie on [Wednesday last week].",
        (on(of_week(WE, D, -1)),),
    ),
    Row(
        "weekday_combo",
        D := date(2007, 10, 3),
        "Monks were beaten outside the Yangon pagoda on the [Friday before last].",
        (on(last(FR, D) - timedelta(weeks=1)),),
    ),
    Row(
        "weekday_combo",
        D := date(2016, 9, 22),
        "Colombia's negotiators will sign the accord on [Tuesday week].",
        (on(coming(TU, D) + timedelta(weeks=1)),),
    ),
    Row(
        "weekday_combo",
        D := date(2005, 5, 26),
        "The run-off in Kurdistan will take place [a week on Sunday].",
        (on(coming(SU, D) + timedelta(weeks=1)),),
    ),
    Row(
        "weekday_combo",
        D := date(1997, 5, 19),
        "Kabila's men walked into Kinshasa the [day before yesterday].",
        (on(ago(D, days=2)),),
    ),
    Row(
        "weekday_combo",
        D := date(2022, 12, 6),
        "The two sides will exchange prisoners at Zaporizhzhia [this Thursday].",
        (on(coming(TH, D)),),
    ),
    Row(
        "weekday_combo",
        D := date(2020, 8, 21),
        "Junta leaders in Mali freed two generals [this Tuesday], their lawyer said.",
        (on(last(TU, D)),),
    ),
    Row(
        "weekday_combo",
        D := date(2011, 1, 12),
        "South Sudanese living in Cairo have until [next Friday] to vote.",
        (on(coming(FR, D)),),
    ),
    Row(
        "weekday_combo",
        D := date(2014, 7, 24),
        "[Last Saturday] tanks entered Shejaiya, a neighbourhood of Gaza City.",
        (on(last(SA, D, strictly=True)),),
    ),
    Row(
        "weekday_combo",
        D := date(2001, 10, 10),
        "Pakistan will reopen the Chaman crossing the [day after tomorrow].",
        (on(hence(D, days=2)),),
    ),
    Row(
        "weekday_combo",
        D := date(2018, 4, 12),
        "Clashes in Bangui killed nine on [Monday of this week].",
        (on(of_week(MO, D)),),
    ),
    Row(
        "weekday_combo",
        D := date(2025, 6, 25),
        "Farmers in Benue buried 20 neighbours killed in the [week before last].",
        (week(ago(D, weeks=2)),),
    ),
    Row(
        "weekday_combo",
        D := date(1994, 6, 8),
        "Delegates in Aden will meet again on [Thursday of next week].",
        (on(of_week(TH, D, 1)),),
    ),
    # Spelled out
    Row(
        "spelled",
        D := date(2013, 12, 12),
        "The square in Kyiv began to fill on the [twenty-first of November].",
        (on(past_day(D, 11, 21)),),
    ),
    Row(
        "spelled",
        D := date(2016, 4, 5),
        "Ankara's peace rally was bombed on the [second Sunday of October last year].",
        (on(nth(2, SU, D.year - 1, 10)),),
    ),
    Row(
        "spelled",
        D := date(2021, 4, 14),
        "Chadian troops will hand over the base on the [last day of the month].",
        (on(month_end(D.year, D.month)),),
    ),
    Row(
        "spelled",
        D := date(2000, 5, 10),
        "Rebels in Sierra Leone disarmed the Kenyan battalion on the [1st of May].",
        (on(past_day(D, 5, 1)),),
    ),
    Row(
        "spelled",
        date(2005, 9, 9),
        "The Hague court heard the last witness on the [first Monday in June 2005].",
        (on(nth(1, MO, 2005, 6)),),
    ),
    Row("spelled", date(1996, 9, 3), "A bomb tore open a Jerusalem bus on the [third of March 1996].", (on(date(1996, 3, 3)),)),
    Row(
        "spelled",
        D := date(2019, 12, 9),
        "Troops shot at mourners in Nasiriya on the [last Thursday in November].",
        (on(nth(-1, TH, D.year, 11)),),
    ),
    Row(
        "spelled",
        D := date(2005, 5, 30),
        "On [May the thirteenth] soldiers in Andijan fired into the crowd.",
        (on(past_day(D, 5, 13)),),
    ),
    Row(
        "spelled",
        date(2004, 4, 7),
        "The front reached Kigali on the [fourth of July, nineteen ninety-four], a veteran said.",
        (on(date(1994, 7, 4)),),
    ),
    Row(
        "spelled",
        D := date(2023, 7, 20),
        "A new curfew in Port Sudan will begin on the [first day of August].",
        (on(coming_day(D, 8, 1)),),
    ),
    Row(
        "spelled",
        D := date(2015, 2, 18),
        "Nigeria's electoral commission will deliver the cards on the [twelfth of next month].",
        (on(hence(D, months=1).replace(day=12)),),
    ),
    Row(
        "spelled",
        D := date(2010, 8, 11),
        "Three Pakistani districts went under water on the [last Friday of last month].",
        (on(nth(-1, FR, ago(D, months=1).year, ago(D, months=1).month)),),
    ),
    # Vague parts
    Row(
        "vague_part",
        D := date(2022, 3, 11),
        "Fighting around Mariupol eased in [mid-week], the Red Cross said.",
        (between(of_week(TU, D), of_week(TH, D)),),
    ),
    Row(
        "vague_part",
        D := date(2017, 11, 27),
        "Boat crews pulled 400 migrants from the sea off Libya over the [weekend].",
        (between(last(SA, D), last(SU, D)),),
    ),
    Row("vague_part", date(2025, 8, 4), "Goma changed hands in [early 2025] after the garrison fled.", (months(2025, 1, 4),)),
    Row(
        "vague_part",
        D := date(2012, 6, 13),
        "The warlord Joseph Ntaka broke with the army [late last year].",
        (months(D.year - 1, 9, 12),),
    ),
    Row(
        "vague_part",
        D := date(2018, 9, 26),
        "Mines killed 212 civilians in Yemen in the [first half of the year].",
        (months(D.year, 1, 6),),
    ),
    Row("vague_part", D := date(2003, 5, 5), "Looters emptied the Basra stores at the [end of March].", (third_of(3, D.year, 3),)),
    Row(
        "vague_part",
        date(2014, 11, 3),
        "Land was seized from Guatemalan farmers at the [turn of the century], a petition says.",
        (
            vague(
                also(
                    years(1999, 2001),
                    year(2000),
                    years(1999, 2000),
                    years(2000, 2001),
                    years(1998, 2002),
                    years(1995, 2005),
                    years(1990, 2009),
                    years(1990, 2010),
                    years(1991, 2010),
                )
            ),
        ),
    ),
    Row("vague_part", D := date(2020, 12, 1), "Tigrayan leaders lost Adigrat in [mid-November].", (third_of(2, D.year, 11),)),
    Row("vague_part", date(2016, 2, 20), "Protests reached Daraa at the [beginning of 2011].", (months(2011, 1, 4),)),
    Row(
        "vague_part",
        D := date(2023, 10, 16),
        "Armenia will open a {second} camp for people from Karabakh [early next month].",
        (third_of(1, hence(D, months=1).year, hence(D, months=1).month),),
    ),
    Row(
        "vague_part",
        date(2019, 3, 12),
        "Burundi lost 100,000 people to exile in the [second half of 2015].",
        (months(2015, 7, 12),),
    ),
    Row(
        "vague_part",
        D := date(2026, 2, 17),
        "Floodwater reached the camps around Beira in the [middle of last month].",
        (third_of(2, ago(D, months=1).year, ago(D, months=1).month),),
    ),
    Row(
        "vague_part",
        date(2002, 1, 30),
        "Throats were cut in the Algerian hamlet of Sidi Kada in [late August 1997].",
        (third_of(3, 1997, 8),),
    ),
    # Quarters and seasons
    Row(
        "quarters_seasons",
        date(2023, 6, 9),
        "Gang killings in Haiti rose by a fifth in the [first quarter of 2023].",
        (months(2023, 1, 3),),
    ),
    Row("quarters_seasons", date(2023, 2, 6), "Burkina Faso logged 560 attacks in [Q3 2022].", (months(2022, 7, 9),)),
    Row("quarters_seasons", date(2014, 10, 14), "In the [spring of 2011] tanks rolled into Hama.", (months(2011, 3, 5),)),
    Row(
        "quarters_seasons",
        D := date(2024, 2, 12),
        "Ukraine's counteroffensive stalled [last summer] at the minefields of Robotyne.",
        (months(D.year - 1, 6, 8),),
    ),
    Row(
        "quarters_seasons",
        D := date(2016, 1, 21),
        "Children have starved in Madaya [this winter], doctors say.",
        (winter(D.year - 1),),
    ),
    Row(
        "quarters_seasons",
        date(2025, 1, 28),
        "Herders in Mongolia lost two million animals in the [winter of 2023-24].",
        (winter(2023),),
    ),
    Row("quarters_seasons", date(2022, 5, 5), "Families in Lipa slept in tents through the [winter of 2020].", (winter(2020),)),
    Row(
        "quarters_seasons",
        D := date(2025, 11, 10),
        "Kosovo's former commander will stand trial in The Hague [next spring].",
        (months(D.year + 1, 3, 5),),
    ),
    Row(
        "quarters_seasons",
        date(2019, 4, 18),
        "Truckers cut the roads in Argentina in the [winter of 2018].",
        (months(2018, 6, 8),),
    ),
    Row(
        "quarters_seasons",
        date(2016, 6, 22),
        "Two detainees died in a camp in Western Australia in the [spring of 2015].",
        (months(2015, 9, 11),),
    ),
    Row(
        "quarters_seasons",
        date(2020, 7, 7),
        "Civilian deaths in Niger doubled in the [last quarter of 2019].",
        (months(2019, 10, 12),),
    ),
    Row(
        "quarters_seasons",
        date(1998, 12, 4),
        "Taliban columns drove up from Kandahar to Kabul in the [autumn of 1996].",
        (months(1996, 9, 11),),
    ),
    # Decades and centuries
    Row(
        "decades_centuries",
        date(2011, 7, 14),
        "Land mines laid in the [1990s] still cripple farmers in Angola.",
        (years(1990, 1999),),
    ),
    Row(
        "decades_centuries",
        date(2006, 2, 8),
        "He had fled Algeria in the [nineties] with a forged passport.",
        (years(1990, 1999),),
    ),
    Row(
        "decades_centuries",
        date(2018, 5, 3),
        "The feud over the pastures near Jos goes back to the [19th century].",
        (century(19),),
    ),
    Row(
        "decades_centuries",
        date(1999, 12, 20),
        "No famine of the [twentieth century] was hidden so well, the historian wrote of Ukraine's.",
        (century(20),),
    ),
    Row(
        "decades_centuries",
        date(2013, 1, 17),
        "Cambodia's courts have tried three men for the killings of the [late 1970s].",
        (also(years(1977, 1979), years(1976, 1979), years(1975, 1979), between(date(1976, 9, 1), date(1979, 12, 31))),),
    ),
    Row(
        "decades_centuries",
        date(2022, 9, 1),
        "Death squads roamed San Salvador in the [1980s], and their files were burned.",
        (years(1980, 1989),),
    ),
    Row(
        "decades_centuries",
        date(2008, 3, 25),
        "China settled soldiers in the oases of Xinjiang in the [1950s] and [1960s].",
        (years(1950, 1959), years(1960, 1969)),
    ),
    Row(
        "decades_centuries",
        date(2017, 10, 30),
        "Treaties of the [eighteenth century] are quoted in the dispute over the Chilean forest.",
        (century(18),),
    ),
    Row(
        "decades_centuries",
        date(2024, 8, 27),
        "Oil spills in the Niger Delta in the [2010s] are before a London judge.",
        (years(2010, 2019),),
    ),
    Row(
        "decades_centuries",
        date(2003, 9, 11),
        "Chile's junta ruled by decree through the [seventies] and into the [eighties].",
        (years(1970, 1979), years(1980, 1989)),
    ),
    # Anchored in the text
    Row(
        "anchored_text",
        date(2016, 3, 8),
        "Rebels entered Bria on [18 December 2012], and the radio fell silent the [following day].",
        (on(date(2012, 12, 18)), on(date(2012, 12, 18) + ONE_DAY)),
    ),
    Row(
        "anchored_text",
        date(2019, 11, 5),
        "In [2016] the rains failed in Somaliland; [a year earlier] floods had drowned the herds.",
        (year(2016), year(2015)),
    ),
    Row(
        "anchored_text",
        date(2002, 6, 6),
        "The army seized Kisangani on [5 May 2000] and left it [two days later].",
        (on(date(2000, 5, 5)), on(date(2000, 5, 5) + timedelta(days=2))),
    ),
    Row(
        "anchored_text",
        date(2017, 2, 2),
        "The court in Bujumbura sat on [Monday, 4 May 2015], and no lawyer was let in [that Monday].",
        (on(date(2015, 5, 4)), on(date(2015, 5, 4))),
    ),
    Row(
        "anchored_text",
        date(2011, 2, 26),
        "A mosque in Samarra was blown up on [22 February 2006]; the [same night] gunmen hunted for revenge in Baghdad.",
        (on(date(2006, 2, 22)), also(at(date(2006, 2, 22)), at(date(2006, 2, 22), date(2006, 2, 23)))),
    ),
    Row(
        "anchored_text",
        date(2010, 4, 21),
        "When the looting reached Kisumu on [17 January 2008], the town had buried 20 people in the [previous week].",
        (
            on(date(2008, 1, 17)),
            also(
                week(ago(date(2008, 1, 17), weeks=1)),
                between(ago(date(2008, 1, 17), weeks=1), date(2008, 1, 17)),
                between(ago(date(2008, 1, 17), weeks=1), date(2008, 1, 16)),
            ),
        ),
    ),
    Row(
        "anchored_text",
        date(2023, 4, 30),
        "Police surrounded the monastery in Sagaing on [9 March 2022]; the [next morning] it was ash.",
        (on(date(2022, 3, 9)), at(date(2022, 3, 9) + ONE_DAY)),
    ),
    Row(
        "anchored_text",
        date(2015, 9, 17),
        "The dam burst on [24 June 2013], although engineers had warned of cracks [earlier that month].",
        (
            on(date(2013, 6, 24)),
            also(between(date(2013, 6, 1), date(2013, 6, 24)), between(date(2013, 6, 1), date(2013, 6, 23)), month(2013, 6)),
        ),
    ),
    Row(
        "anchored_text",
        date(2001, 1, 11),
        "Timorese voted on [30 August 1999]; [three weeks later] Australian troops landed.",
        (on(date(1999, 8, 30)), also(week(hence(date(1999, 8, 30), weeks=3)), on(hence(date(1999, 8, 30), weeks=3)))),
    ),
    Row(
        "anchored_text",
        date(2021, 7, 8),
        "Burhan signed the pact on [Thursday, 3 October 2019], and crowds came out the [following Sunday].",
        (on(date(2019, 10, 3)), on(coming(SU, date(2019, 10, 3)))),
    ),
    Row(
        "anchored_text",
        date(2020, 10, 15),
        "Cyclone Idai made landfall on [14 March 2019]; by [that evening] Beira was dark.",
        (on(date(2019, 3, 14)), at(date(2019, 3, 14))),
    ),
    Row(
        "anchored_text",
        date(2014, 5, 22),
        "The militia was founded in [March 2010] and took its first hostages the [following month].",
        (month(2010, 3), month(2010, 4)),
    ),
    Row(
        "anchored_text",
        date(2009, 8, 19),
        "She was jailed in [1996], and her brother vanished in the [same year].",
        (year(1996), year(1996)),
    ),
    # Numeric dates
    Row(
        "numeric",
        date(2024, 12, 10),
        "The decree of [27.11.2024] dissolves the town council of Tskhinvali.",
        (on(date(2024, 11, 27)),),
    ),
    Row(
        "numeric",
        date(2025, 1, 6),
        "Incident [27/11/2024]: two hand grenades thrown at a checkpoint in Buenaventura.",
        (on(date(2024, 11, 27)),),
    ),
    Row(
        "numeric",
        date(2024, 12, 16),
        "Deputies logged the first sighting of the smugglers on [11/27/2024].",
        (on(date(2024, 11, 27)),),
    ),
    Row(
        "numeric",
        date(2014, 3, 1),
        "[2014 Feb 17]: barricade on Hrushevsky Street cleared, no casualties.",
        (on(date(2014, 2, 17)),),
    ),
    Row("numeric", date(2023, 9, 8), "The cluster recorded 61 attacks on Sudanese hospitals in [Apr '23].", (month(2023, 4),)),
    Row(
        "numeric",
        date(2024, 6, 20),
        "Hostages taken on [7 Oct '23] were moved twice, the families were told.",
        (on(date(2023, 10, 7)),),
    ),
    Row(
        "numeric",
        date(2024, 5, 2),
        "The letter, dated [03/04/2024], asks London to reopen the Belfast inquest.",
        (on(date(2024, 4, 3)),),
        publisher="BBC News",
    ),
    Row(
        "numeric",
        date(2024, 5, 2),
        "The complaint, dated [03/04/2024], names three guards at the border jail.",
        (on(date(2024, 3, 4)),),
        url="https://www.chicagotribune.com/news/border-jail-guards-complaint",
    ),
    Row(
        "numeric",
        date(2022, 4, 4),
        "Log entry [2022-03-16T10:05:00+02:00]: blast wave registered in central Mariupol.",
        (at(date(2022, 3, 16)),),
    ),
    Row(
        "numeric",
        date(2021, 2, 18),
        "Phone lines in Myanmar went dead on [2021-02-01], a monitor noted.",
        (on(date(2021, 2, 1)),),
    ),
    Row(
        "numeric",
        date(2013, 7, 3),
        "Flash update [17-Jun-2013]: roads to Kedarnath cut, helicopters on standby.",
        (on(date(2013, 6, 17)),),
    ),
    Row("numeric", date(2020, 1, 31), "Displacement in Libya, as of [09/2019], stood at 343,000 people.", (month(2019, 9),)),
    Row(
        "numeric",
        date(2016, 8, 10),
        "{Minutes} of the [06/07/2016] hearing show that no minister took notes.",
        (on(date(2016, 7, 6)),),
        publisher="The Guardian",
    ),
    Row(
        "numeric",
        date(2011, 11, 21),
        "Records show that the sheriff was told of the abuse on [10/05/2011].",
        (on(date(2011, 10, 5)),),
        publisher="Los Angeles Times",
        url="https://www.latimes.com/local/sheriff-abuse-records",
    ),
    # Clock times
    Row(
        "clock",
        D := date(2023, 4, 24),
        "Guns in Khartoum were to fall silent from [15:00 GMT Saturday], but they did not.",
        (at(last(SA, D)),),
    ),
    Row(
        "clock",
        D := date(2015, 4, 27),
        "A tremor shook the camp in Gorkha at [3 p.m. local time on Sunday].",
        (at(last(SU, D)),),
    ),
    Row("clock", D := date(1993, 9, 14), "The flag was raised over Jericho at [noon yesterday].", (at(ago(D, days=1)),)),
    Row(
        "clock",
        D := date(2007, 7, 12),
        "Commandos stormed the Lal Masjid compound at [0300 hours on Tuesday].",
        (at(last(TU, D)),),
    ),
    Row("clock", D := date(2018, 11, 17), "The tribunal in Phnom Penh convened at [9:30am on Friday].", (at(last(FR, D)),)),
    Row(
        "clock",
        D := date(2000, 10, 6),
        "Crowds broke into the Belgrade parliament at [half past ten last night].",
        (also(at(ago(D, days=1)), at(ago(D, days=1), D)),),
    ),
    Row(
        "clock",
        D := date(2022, 8, 31),
        "Rockets fell on the Green Zone at around [4 p.m. on Monday].",
        (vague(at(last(MO, D))),),
    ),
    Row("clock", D := date(2020, 8, 30), "The port's sirens sounded at [06:45 on 12 August].", (at(past_day(D, 8, 12)),)),
    Row(
        "clock", D := date(2019, 7, 16), "Lawmakers in San Juan are to convene at [11 a.m. tomorrow].", (at(hence(D, days=1)),)
    ),
    Row(
        "clock",
        D := date(2010, 1, 27),
        "Looters broke down the warehouse gate in Carrefour at [8 o'clock this morning].",
        (at(D),),
    ),
    Row("clock", D := date(2026, 3, 5), "Junta planes bombed the school in Depayin at [dawn on Tuesday].", (at(last(TU, D)),)),
    Row(
        "clock",
        date(1994, 1, 25),
        "The first shell hit Kabul's bazaar at [two o'clock in the afternoon on 3 January 1994].",
        (at(date(1994, 1, 3)),),
    ),
    # Holidays
    Row(
        "holidays",
        D := date(2009, 1, 14),
        "Ugandan rebels hacked worshippers to death near Doruma on [Christmas Eve].",
        (on(past_day(D, 12, 24)),),
    ),
    Row(
        "holidays",
        D := date(2017, 1, 5),
        "Rebels in Wadi Barada cut the capital's water on [New Year's Day].",
        (on(past_day(D, 1, 1)),),
    ),
    Row(
        "holidays",
        D := date(2021, 12, 3),
        "American missionaries abducted in Haiti were fed rice on [Thanksgiving].",
        (on(nth(4, TH, D.year, 11)),),
    ),
    Row(
        "holidays",
        D := date(2024, 10, 22),
        "Militias in Arizona will watch the ballot boxes on [Election Day].",
        (on(nth(1, MO, D.year, 11) + ONE_DAY),),
    ),
    Row(
        "holidays",
        D := date(2023, 7, 17),
        "A shell hit worshippers in Tuti on the [first day of Eid al-Adha].",
        (sighted(past_feast(D, 12, 10)),),
    ),
    Row(
        "holidays",
        D := date(2018, 6, 11),
        "Afghan soldiers will hold their fire until [Eid al-Fitr].",
        (sighted(coming_feast(D, 10, 1)),),
    ),
    Row(
        "holidays",
        D := date(2014, 8, 12),
        "Gazans say that drones circled all through [Ramadan].",
        (sighted(past_feast(D, 9, 1), past_feast(D, 10, 1) - ONE_DAY),),
    ),
    Row(
        "holidays",
        D := date(2025, 4, 1),
        "Kurdish families in Diyarbakir lit fires on [Nowruz].",
        (also(on(date(D.year, 3, 21)), on(date(D.year, 3, 20))),),
    ),
    Row(
        "holidays",
        D := date(2019, 4, 30),
        "Bombers struck three churches in Sri Lanka on [Easter Sunday].",
        (on(easter_sunday(D.year)),),
    ),
    Row(
        "holidays",
        D := date(1998, 4, 20),
        "The parties at Stormont shook hands on [Good Friday].",
        (on(easter_sunday(D.year) - timedelta(days=2)),),
    ),
    Row(
        "holidays",
        D := date(2022, 5, 2),
        "Shelling went on in Kramatorsk on [Orthodox Easter].",
        (on(easter_sunday(D.year, orthodox=True)),),
    ),
    Row(
        "holidays",
        D := date(2022, 9, 1),
        "Missiles killed 25 people at Chaplyne station on Ukraine's [Independence Day].",
        (on(past_day(D, 8, 24)),),
    ),
    Row(
        "holidays",
        date(2006, 12, 27),
        "The wave of [Boxing Day 2004] swept away the whole village of Lampuuk.",
        (on(date(2004, 12, 26)),),
    ),
    # Hijri and Persian dates
    Row(
        "hijri_persian",
        date(2024, 4, 9),
        "The fatwa issued in Idlib on [15 Ramadan 1445] forbids the smuggling of flour.",
        (sighted(hijri(1445, 9, 15)),),
    ),
    Row(
        "hijri_persian",
        date(2024, 4, 2),
        "Iran's new wage law took effect on [1 Farvardin 1403], state television said.",
        (on(persian(1403, 1, 1)),),
    ),
    Row(
        "hijri_persian",
        date(2025, 1, 22),
        "The Taliban edict of [Muharram 1446] bans women from singing.",
        (hijri_month(1446, 1),),
    ),
    Row(
        "hijri_persian",
        date(2009, 2, 12),
        "The general was born in Qom on [22 Bahman 1357], his official life says.",
        (on(persian(1357, 11, 22)),),
    ),
    Row(
        "hijri_persian",
        date(2023, 3, 9),
        "Lawyers in Tehran counted 70 death sentences in [Aban 1401].",
        (persian_month(1401, 8),),
    ),
    Row(
        "hijri_persian",
        date(2022, 8, 3),
        "A ruling by the Sanaa court, dated [10 Dhu al-Hijjah 1443], orders the journalist's release.",
        (sighted(hijri(1443, 12, 10)),),
    ),
    Row(
        "hijri_persian",
        date(2019, 10, 21),
        "The ministry's decree of [12 Rabi al-Awwal 1440] closed every private school in Kandahar.",
        (sighted(hijri(1440, 3, 12)),),
    ),
    Row(
        "hijri_persian",
        date(2008, 9, 16),
        "Troops fired on marchers at Jaleh Square on [17 Shahrivar 1357].",
        (on(persian(1357, 6, 17)),),
    ),
    Row(
        "hijri_persian",
        date(2021, 5, 18),
        "Kabul's budget for the Afghan [solar year 1399] was never audited.",
        (persian_year(1399),),
    ),
    # Durations
    Row(
        "duration",
        date(2023, 4, 25),
        "The generals agreed to a [72-hour] truce that Washington had brokered.",
        (lasting("PT72H"),),
    ),
    Row("duration", date(2012, 3, 2), "Baba Amr fell after a [two-month-long] siege.", (lasting("P2M"),)),
    Row("duration", date(2016, 5, 11), "Interrogators kept the Eritrean standing for [5 1/2 hours].", (lasting("PT5H30M"),)),
    Row("duration", date(2007, 1, 30), "The teacher from Grozny spent [a year and a half] in a cellar.", (lasting("P1Y6M"),)),
    Row("duration", date(2010, 7, 1), "A camp of tents stood on the golf course for [six weeks].", (lasting("P6W"),)),
    Row(
        "duration",
        date(2019, 10, 29),
        "The raid on the compound in Syria lasted [90 minutes], a pilot said.",
        (lasting("PT90M"),),
    ),
    Row(
        "duration",
        date(1991, 8, 22),
        "Tanks stood idle for [half an hour] before the crowd climbed on them.",
        (lasting("PT30M"),),
    ),
    Row("duration", date(2002, 4, 15), "The Angolan's widow waited [two and a half years] for his bones.", (lasting("P2Y6M"),)),
    Row(
        "duration", date(2021, 8, 16), "Diplomats were given [48 hours] to leave Kabul's embassy quarter.", (lasting("PT48H"),)
    ),
    Row("duration", date(2001, 3, 6), "More than [a decade] of war has ruined Afghan irrigation.", (lasting("P10Y"),)),
    Row("duration", date(2024, 9, 20), "The Caracas court sent the student to prison for [15 years].", (lasting("P15Y"),)),
    Row("duration", date(2010, 4, 13), "Poland declared [seven days] of mourning for the dead president.", (lasting("P7D"),)),
    # Spans up to or from the publish date
    Row(
        "past_span",
        D := date(2022, 6, 14),
        "Mexico has lost 150 reporters to killers over the [past decade].",
        (between(ago(D, years=10), D),),
    ),
    Row(
        "past_span",
        D := date(2024, 1, 8),
        "Strikes on Khan Younis killed 73 people in the [last 24 hours], the ministry said.",
        (between(ago(D, days=1), D),),
    ),
    Row(
        "past_span",
        D := date(2020, 11, 4),
        "The front in Karabakh will be decided in the [next ten days], an analyst said.",
        (between(D, hence(D, days=10)),),
    ),
    Row(
        "past_span",
        D := date(2015, 12, 1),
        "Within the [past two years] South Sudan has burned through three ceasefires.",
        (between(ago(D, years=2), D),),
    ),
    Row(
        "past_span",
        D := date(2008, 2, 5),
        "Chadian hospitals took in 900 wounded in the [last three days].",
        (between(ago(D, days=3), D),),
    ),
    Row(
        "past_span",
        D := date(2026, 5, 12),
        "Over the [past six months] Mali's capital has run short of fuel.",
        (between(ago(D, months=6), D),),
    ),
    Row(
        "past_span",
        D := date(1999, 5, 18),
        "Albania expects 80,000 more Kosovars in the [next three weeks].",
        (between(D, hence(D, weeks=3)),),
    ),
    Row(
        "past_span",
        D := date(2013, 9, 3),
        "The Syrian pound has halved in value during the [last five months].",
        (between(ago(D, months=5), D),),
    ),
    Row(
        "past_span",
        D := date(2005, 10, 13),
        "Doctors in Muzaffarabad have amputated 200 limbs over the [last four days].",
        (between(ago(D, days=4), D),),
    ),
    Row(
        "past_span",
        D := date(1996, 11, 15),
        "In the [past two weeks] shells have emptied the camps around Bukavu.",
        (between(ago(D, weeks=2), D),),
    ),
    # Sets
    Row(
        "sets",
        date(2017, 3, 21),
        "The Rohingya villages must report births [annually] to the border guard.",
        (repeated("P1Y"),),
    ),
    Row("sets", date(2018, 5, 16), "Gazans marched to the fence [every Friday].", (repeated("P1W"),)),
    Row("sets", date(2003, 10, 7), "Prisoners in Monrovia were fed [twice a week].", (repeated("P1W"),)),
    Row("sets", date(1993, 2, 24), "Sniper fire hits the Holiday Inn in Sarajevo [daily].", (repeated("P1D"),)),
    Row("sets", date(2011, 5, 25), "Ivorian cocoa growers pay the warlord a tax [each month].", (repeated("P1M"),)),
    Row("sets", date(2009, 3, 11), "Market women cross the Ruzizi bridge on [Sundays].", (repeated("P1W"),)),
    Row("sets", date(2025, 10, 2), "Trucks reach the wells in Tawila [every two weeks].", (repeated("P2W"),)),
    Row(
        "sets", date(2014, 4, 28), "The committee publishes a [monthly] tally of the kidnapped in Nigeria.", (repeated("P1M"),)
    ),
    Row("sets", date(2022, 10, 11), "Kherson's residents queue for water [every other day].", (repeated("P2D"),)),
    Row("sets", date(1998, 8, 19), "The Yangtze gauge at Wuhan was read [every six hours].", (repeated("PT6H"),)),
    Row("sets", date(2006, 6, 29), "Khartoum has to renew the observers' permits [every three months].", (repeated("P3M"),)),
    # Vague
    Row(
        "vague",
        D := date(2021, 6, 24),
        "Colombian police have blinded dozens of marchers in [recent weeks].",
        (vague(till(D)),),
    ),
    Row(
        "vague",
        D := date(2013, 3, 26),
        "Seleka men have emptied every shop in Bangui over the [past few days].",
        (vague(till(D)),),
    ),
    Row("vague", D := date(2004, 9, 14), "The Darfuri chief buried two sons [several months ago].", (vague(till(D)),)),
    Row(
        "vague",
        D := date(2018, 8, 23),
        "The Kerala spillways were opened about [two weeks ago].",
        (vague(also(week(ago(D, weeks=2)), on(ago(D, weeks=2)))),),
    ),
    Row("vague", D := date(2000, 6, 5), "A ferry with arms reached Freetown around [3 May].", (vague(on(past_day(D, 5, 3))),)),
    Row(
        "vague",
        D := date(2023, 11, 13),
        "Ardamata's elders have been hunted down in [recent days], survivors in Chad said.",
        (vague(till(D)),),
    ),
    Row("vague", D := date(2010, 9, 30), "The Naxalite commander gave up his rifle [a few years ago].", (vague(till(D)),)),
    Row(
        "vague", date(2008, 6, 18), "The well at Halabja was poisoned in about [1988], an elder thought.", (vague(year(1988)),)
    ),
    Row(
        "vague",
        D := date(2016, 12, 8),
        "Some [five months ago] the last road into eastern Aleppo was cut.",
        (vague(also(month(ago(D, months=5).year, ago(D, months=5).month), on(ago(D, months=5)))),),
    ),
    # Tense
    Row(
        "tense",
        D := date(2014, 8, 20),
        "The ceasefire in Gaza collapsed on [Tuesday], each side blaming the other.",
        (on(last(TU, D)),),
    ),
    Row(
        "tense",
        D := date(2020, 9, 15),
        "Afghan negotiators will resume their work in Doha on [Thursday].",
        (on(coming(TH, D)),),
    ),
    Row(
        "tense",
        D := date(2005, 3, 16),
        "The kidnappers gave Rome until [Monday] to pull its troops out of Iraq.",
        (on(coming(MO, D)),),
    ),
    Row(
        "tense",
        D := date(2016, 1, 19),
        "A verdict in the case of the Malian vandals is due on [3 March].",
        (on(coming_day(D, 3, 3)),),
    ),
    Row("tense", D := date(2010, 2, 9), "The general promised that elections would be held in [May].", (coming_month(D, 5),)),
    Row(
        "tense",
        D := date(2024, 2, 21),
        "Moldova's spies uncovered the plot in [October], a minister said.",
        (past_month(D, 10),),
    ),
    Row("tense", D := date(1990, 1, 23), "The Securitate colonel was arrested in [December] at Otopeni.", (past_month(D, 12),)),
    Row(
        "tense",
        D := date(2002, 11, 13),
        "Eritrea plans to reopen the Zalambessa crossing on [1 January].",
        (on(coming_day(D, 1, 1)),),
    ),
    Row(
        "tense",
        D := date(2023, 8, 9),
        "ECOWAS said on [Monday] that its leaders will meet in Abuja on [Saturday].",
        (on(last(MO, D)), on(coming(SA, D))),
    ),
    Row(
        "tense",
        D := date(2012, 10, 11),
        "The mission's mandate, which lapsed in [August], will be renewed in [November].",
        (past_month(D, 8), coming_month(D, 11)),
    ),
    Row(
        "tense",
        D := date(2019, 8, 8),
        "The governor told reporters on [Wednesday] that the convoy would leave Jammu on [Sunday].",
        (on(last(WE, D)), on(coming(SU, D))),
    ),
    Row("tense", D := date(2003, 4, 9), "Marines pulled down the statue in Baghdad on [Wednesday].", (on(D),)),
    Row(
        "tense",
        D := date(2017, 2, 16),
        "The South Sudanese minister fled to Nairobi on [30 June] and has kept silent since.",
        (on(past_day(D, 6, 30)),),
    ),
    Row("tense", D := date(2025, 6, 30), "Bolivia's run-off is scheduled for [19 October].", (on(coming_day(D, 10, 19)),)),
    # What is no time
    Row("trap", date(2012, 11, 22), "The {17 November} cell and the {6 April Youth Movement} both denied planting the device."),
    Row("trap", date(2018, 2, 27), "{May} told the Commons that the inquiry {may} find fault, {may} find none."),
    Row("trap", date(2019, 5, 31), "Women in white {march} through Omdurman as columns of recruits {march} the other way."),
    Row(
        "trap",
        D := date(2011, 4, 6),
        "Jets enforcing Resolution {1973} flew over Benghazi, Libya's {second-largest} city, on [Monday].",
        (on(last(MO, D)),),
    ),
    Row(
        "trap",
        date(2016, 7, 1),
        "A pro-government website claimed that {2016} rebels were killed; medics counted {1,945} bodies.",
    ),
    Row(
        "trap",
        date(2015, 6, 9),
        "A reporter for the {Sunday Times} was {seconded} to a panel in Karachi, and her column will {fall} to a freelance.",
    ),
    Row("trap", date(2009, 9, 24), "Flight {1907} to Goma left from gate {11}, and the envoy waited in room {2012}."),
    Row(
        "trap",
        date(2022, 7, 12),
        "{Mon} State's rebels, led by {Jan} Htun and {June} Aye, hold Route {1999} and the market of Ye.",
    ),
    Row(
        "trap",
        D := date(2007, 8, 14),
        "A {34-year-old} guard and a boy {aged 12} were shot dead near Baquba on [Sunday].",
        (on(last(SU, D)),),
    ),
    Row(
        "trap",
        date(2024, 3, 19),
        "Governments {fall} and militias {spring} up, the bishop of Jacmel said, as guards patrol {24/7}.",
    ),
    Row(
        "trap",
        date(2013, 10, 8),
        "Congo's bill passed by {11-9} in committee and needs {2/3} of the house; it is draft {10.12}.",
    ),
    Row("trap", date(2021, 1, 25), "Smugglers in Agadez ask {$2,015} a head and drive a Peugeot {2008} or an old Fiat {1300}."),
    Row(
        "trap",
        date(2020, 5, 28),
        "The {25 May Division} and the {October Brigade} have been rivals {for years}, and they {now} share one barracks in Derna.",
    ),
    Row(
        "trap",
        D := date(1997, 4, 3),
        "Mr {March} of the Red Cross and Mrs {Augustin} of Haiti's bar met judge {Sunday} Okello in [January].",
        (past_month(D, 1),),
    ),
]
