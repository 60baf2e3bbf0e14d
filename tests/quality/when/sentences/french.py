"""French sentences with expressions of time.

How the brackets are set: an article stays where it makes the adverbial (`[la semaine prochaine]`, `[le lendemain]`, `[les années 1990]`); it stays out before
a date, a season, a feast or a noun with a complement (`le [1er mai]`, `l'[été 2006]`, `la [nuit de jeudi à vendredi]`), and where it is contracted (`des [dix dernières années]`).
"""

from datetime import date, timedelta

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
    last_night,
    lasting,
    month,
    months,
    on,
    past_day,
    past_month,
    repeated,
    sighted,
    third_of,
    till,
    vague,
    week,
    year,
    years,
)

DAY = timedelta(days=1)


def month_of(day: date) -> Answer:
    return month(day.year, day.month)


def weekend(day: date) -> Answer:
    """Saturday and Sunday of the week in which a day lies."""
    monday = day - timedelta(days=day.weekday())
    return between(monday + 5 * DAY, monday + 6 * DAY)


def summer(year_: int) -> Answer:
    return months(year_, 6, 8)


def autumn(year_: int) -> Answer:
    return months(year_, 9, 11)


def last_hijri(month_: int, day: int, published: date) -> date:
    """The last such day of the Muslim year on or before the publish date."""
    number = next(n for n in range(1500, 1343, -1) if hijri(n, month_, day) <= published)
    return hijri(number, month_, day)


def fast(first: date) -> Answer:
    """The month of Ramadan from its first day, where each end may be off by a day."""
    number = next(n for n in range(1343, 1501) if hijri(n, 9, 1) == first)
    end = hijri(number, 10, 1) - DAY
    return sighted(first, end)


def last_easter(published: date, *, orthodox: bool = False) -> date:
    here = easter_sunday(published.year, orthodox=orthodox)
    return here if here <= published else easter_sunday(published.year - 1, orthodox=orthodox)


ROWS = [
    # Days of the week
    Row(
        "weekday",
        D := date(2024, 12, 1),
        "Une frappe de drone a détruit [vendredi] le principal marché d'El-Facher, ville assiégée du Darfour, a affirmé un comité de résistance local.",
        (on(last(FR, D)),),
    ),
    Row(
        "weekday",
        D := date(2018, 6, 26),
        "Le Conseil de sécurité doit se prononcer [vendredi] sur le renouvellement du mandat de la Minusma, qui expirera le [30 juin].",
        (on(coming(FR, D)), on(coming_day(D, 6, 30))),
    ),
    Row(
        "weekday",
        D := date(2024, 3, 21),
        "L'armée birmane a repris [lundi dernier] une colline stratégique qui surplombe la route de Myawaddy, selon deux habitants joints par téléphone.",
        (on(last(MO, D, strictly=True)),),
    ),
    Row(
        "weekday",
        D := date(2010, 11, 24),
        "Le second tour de la présidentielle ivoirienne aura lieu [dimanche prochain], a confirmé le président de la commission électorale.",
        (on(coming(SU, D)),),
    ),
    Row(
        "weekday",
        D := date(2025, 2, 5),
        "Le gouvernement congolais a annoncé [ce mercredi] la fermeture de trois postes-frontières dans le Nord-Kivu.",
        (on(last(WE, D)),),
    ),
    Row(
        "weekday",
        D := date(2003, 8, 12),
        "Les rebelles libériens ont jusqu'à [jeudi] pour quitter le port de Monrovia ; à défaut, l'aide alimentaire sera acheminée par la route.",
        (on(coming(TH, D)),),
    ),
    Row(
        "weekday",
        D := date(2013, 3, 14),
        "NAIROBI, [14 mars] (AFP) - Les shebab ont revendiqué [jeudi] l'attaque d'un poste de police proche de la frontière somalienne.",
        (on(past_day(D, 3, 14)), on(last(TH, D))),
    ),
    # A weekday with its date
    Row(
        "weekday_date",
        D := date(2024, 11, 30),
        "Le pont reliant les deux rives de la rivière s'est effondré [vendredi 29 novembre] sous la force des crues, a déclaré le maire.",
        (on(past_day(D, 11, 29)),),
    ),
    Row(
        "weekday_date",
        D := date(2019, 4, 10),
        "Des milliers de manifestants campaient toujours devant le quartier général de l’armée, à Khartoum, où le sit-in a débuté [samedi\u00a06\u00a0avril].",
        (on(past_day(D, 4, 6)),),
    ),
    Row(
        "weekday_date",
        D := date(2022, 12, 28),
        "Le procès des douze militaires s'ouvrira le [mardi 10 janvier 2023] devant le tribunal de Bamako, a précisé le parquet.",
        (on(date(2023, 1, 10)),),
    ),
    Row(
        "contradiction",
        D := date(2005, 7, 2),
        "Selon les enquêteurs, le village a été incendié le [lundi 14 juin 2005], alors que la plupart des hommes étaient aux champs.",
        (contradicts(on(date(2005, 6, 14))),),
    ),
    # Counted from the publish date
    Row(
        "relative",
        D := date(2001, 8, 17),
        "Au moins neuf personnes ont péri [hier soir] dans une embuscade sur la route de Buenaventura, a annoncé la police colombienne.",
        (last_night(D),),
    ),
    Row(
        "relative",
        D := date(2021, 10, 21),
        "Enlevés [avant-hier] à Martissant, les trois employés de l'ONG ont {été} relâchés [ce matin] contre une rançon, a indiqué leur avocat.",
        (on(D - 2 * DAY), at(D)),
    ),
    Row(
        "relative",
        D := date(2015, 9, 30),
        "Une commission d'enquête arrivera [demain] à Bangui, [il y a trois jours] encore livrée aux barricades.",
        (on(D + DAY), on(ago(D, days=3))),
    ),
    Row(
        "relative",
        D := date(2011, 5, 4),
        "Les secours ont évacué [hier] près de 400 familles de Soacha, où la rivière est sortie de son lit [la semaine dernière].",
        (on(D - DAY), week(ago(D, weeks=1))),
    ),
    Row(
        "relative",
        D := date(2006, 7, 20),
        "Une délégation de l'Union africaine est attendue [la semaine prochaine] à Mogadiscio, et des pourparlers devraient se tenir [le mois prochain] à Khartoum.",
        (week(hence(D, weeks=1)), month_of(hence(D, months=1))),
    ),
    Row(
        "season",
        D := date(1999, 11, 3),
        "Chassés de leurs terres à l'[automne 1998], les paysans pourront rentrer chez eux [l'an prochain], une fois les champs déminés, promet le gouverneur.",
        (autumn(1998), year(hence(D, years=1).year)),
    ),
    Row(
        "relative",
        D := date(2023, 4, 26),
        "Les derniers soldats danois ont quitté Ménaka [le mois dernier] ; leur matériel partira [cette semaine] par la route, précise l'état-major.",
        (month_of(ago(D, months=1)), week(D)),
    ),
    Row(
        "relative",
        D := date(2017, 10, 11),
        "Plus de 500.000 Rohingyas ont fui vers le Bangladesh depuis [août dernier], affirme le HCR, qui réunira ses bailleurs le [23 octobre prochain].",
        (past_month(D, 8), on(coming_day(D, 10, 23))),
    ),
    Row(
        "relative",
        D := date(2004, 4, 6),
        "[Il y a dix ans], les collines de Bisesero se couvraient de réfugiés traqués par les miliciens.",
        (year(ago(D, years=10).year),),
    ),
    Row(
        "relative",
        D := date(2020, 2, 18),
        "Plusieurs centaines de personnes avaient trouvé refuge [le week-end dernier] dans une école d'Idleb, que l'artillerie a touchée [hier].",
        (weekend(ago(D, weeks=1)), on(D - DAY)),
    ),
    # Counted from a date in the text
    Row(
        "anchored",
        D := date(2014, 2, 3),
        "L'assaut a {été} lancé le [12 avril 2013] ; [le lendemain], les derniers combattants se repliaient vers Kidal.",
        (on(date(2013, 4, 12)), on(date(2013, 4, 12) + DAY)),
    ),
    Row(
        "anchored",
        D := date(2005, 7, 8),
        "Le [3 juillet 1995], le convoi humanitaire fit demi-tour : [la veille], deux camions avaient sauté sur des mines.",
        (on(date(1995, 7, 3)), on(date(1995, 7, 3) - DAY)),
    ),
    Row(
        "anchored",
        D := date(2016, 1, 20),
        "En [2014], le pays comptait 1,2 million de déplacés, soit deux fois plus qu'[un an plus tôt].",
        (year(2014), year(2013)),
    ),
    Row(
        "anchored",
        D := date(2009, 12, 1),
        "L'opposition avait déposé sa plainte le [9 mars 2008]. [Deux jours plus tard], son avocat était arrêté à l'aéroport de N'Djamena.",
        (on(date(2008, 3, 9)), on(date(2008, 3, 9) + 2 * DAY)),
    ),
    Row(
        "anchored",
        D := date(2022, 9, 2),
        "Des hommes armés ont pris d'assaut Bourasso dans la [nuit du 4 au 5 août] ; [la même nuit], un autre groupe a brûlé le dispensaire d'un hameau voisin.",
        (at(past_day(D, 8, 4), past_day(D, 8, 5)), at(past_day(D, 8, 4), past_day(D, 8, 5))),
    ),
    Row(
        "anchored",
        D := date(2012, 6, 14),
        "« Le [25 mai], les chars sont entrés dans Houla. [Ce jour-là], j'ai perdu mes deux frères », raconte Abou Yazan, {41 ans}.",
        (on(past_day(D, 5, 25)), on(past_day(D, 5, 25))),
    ),
    # Parts of a day and clock times
    Row(
        "clock",
        D := date(2023, 9, 8),
        "Un bateau transportant des passagers de Tombouctou à Gao a essuyé des tirs dans la [nuit de jeudi à vendredi], selon une source locale.",
        (at(last(FR, D) - DAY, last(FR, D)),),
    ),
    Row(
        "clock",
        D := date(2022, 3, 17),
        "La première roquette s'est abattue [mardi à 15h30] sur la gare routière ; la seconde a explosé à [16h10], tuant deux secouristes.",
        (at(last(TU, D)), at(last(TU, D))),
    ),
    Row(
        "clock",
        D := date(2024, 3, 2),
        "Le couvre-feu entrera en vigueur [lundi à 18 heures] dans tout le département de l'Ouest, a décrété le gouvernement haïtien.",
        (at(coming(MO, D)),),
    ),
    Row(
        "clock",
        D := date(1998, 8, 21),
        "Dans la [soirée de mercredi], des soldats mutins ont coupé l'électricité à Kinshasa, plongeant la capitale dans le noir.",
        (at(last(WE, D)),),
    ),
    # Thirds of months and years
    Row(
        "part",
        D := date(2008, 5, 28),
        "Repoussés [début mai], les pourparlers entre N'Djamena et les rebelles reprendront [mi-juin] à Tripoli.",
        (third_of(1, 2008, 5), third_of(2, 2008, 6)),
    ),
    Row(
        "part",
        D := date(2025, 3, 19),
        "Depuis la prise de la ville, [fin 2024], les nouvelles autorités n'ont versé aucun salaire aux enseignants, qui menacent de cesser le travail [fin mars].",
        (months(2024, 9, 12), third_of(3, 2025, 3)),
    ),
    Row(
        "part",
        D := date(2019, 10, 9),
        "L'épidémie, déclarée [mi-2018], n'est toujours pas maîtrisée, et un second vaccin sera introduit [début novembre] à Goma.",
        (months(2018, 5, 8), third_of(1, 2019, 11)),
    ),
    # Decades, centuries, years
    Row(
        "decade",
        D := date(2007, 6, 5),
        "Dans [les années 1990], la contrebande de diamants finançait toutes les factions ; le tribunal spécial jugera leurs chefs jusqu'en [2009].",
        (years(1990, 1999), year(2009)),
    ),
    Row(
        "decade",
        D := date(2012, 7, 3),
        "Les assaillants ont détruit à la pioche deux mausolées de Tombouctou, dont l'un remontait au [XVIIe siècle].",
        (century(17),),
    ),
    # Ranges and lists
    Row(
        "range",
        D := date(2010, 5, 12),
        "Du [3 au 5 mai], les affrontements entre Misseriya et Rizeigat ont fait 55 morts, d'après un bilan de la mission de l'ONU.",
        (between(past_day(D, 5, 3), past_day(D, 5, 5)),),
    ),
    Row(
        "range",
        D := date(2018, 2, 6),
        "Entre [mai et juin 2017], l'ONG a recensé {2\u00a0017} ménages déplacés dans le territoire de Kabalo.",
        (months(2017, 5, 6),),
    ),
    Row(
        "range",
        D := date(2023, 5, 15),
        "Entre le [1er janvier et le 31 mars 2023], {1 204} incidents de protection ont {été} signalés dans la province de l'Ituri, indique OCHA.",
        (between(date(2023, 1, 1), date(2023, 3, 31)),),
    ),
    Row(
        "range",
        D := date(1996, 4, 26),
        "De [lundi à mercredi], l'aviation a pilonné les villages du sud du Liban, jetant des milliers de civils sur les routes.",
        (between(last(MO, last(WE, D)), last(WE, D)),),
    ),
    Row(
        "list",
        D := date(2021, 5, 27),
        "Les manifestations des [3], [5] et [9 mai] à Cali ont {été} réprimées à balles réelles, accuse la Defensoría.",
        (on(date(2021, 5, 3)), on(date(2021, 5, 5)), on(date(2021, 5, 9))),
    ),
    Row(
        "list",
        D := date(2024, 8, 30),
        "La même digue avait déjà cédé en [2019], [2020] et [2022], rappelle le gouverneur de l'État du Jonglei.",
        (year(2019), year(2020), year(2022)),
    ),
    # Figures
    Row(
        "numeric",
        D := date(2024, 12, 3),
        "Soudan : flash info n° 14, données arrêtées au [27/11/2024]. Prochain point de situation le [11/12/2024].",
        (on(date(2024, 11, 27)), on(date(2024, 12, 11))),
    ),
    # Durations and sets
    Row(
        "duration",
        D := date(2023, 4, 25),
        "Les deux généraux rivaux sont convenus de faire taire les armes pendant [72 heures] afin d'ouvrir des couloirs humanitaires.",
        (lasting("PT72H"),),
    ),
    Row(
        "duration",
        D := date(1992, 9, 16),
        "Après un siège de [deux mois], la garnison s'est rendue [lundi] ; son commandant risque [vingt ans] de prison.",
        (lasting("P2M"), on(last(MO, D)), lasting("P20Y")),
    ),
    Row(
        "duration",
        D := date(2003, 5, 3),
        "Le médiateur a parlementé pendant [six heures et demie] avec les ravisseurs, sans obtenir la libération des touristes enlevés dans le Sahara algérien.",
        (lasting("PT6H30M"),),
    ),
    Row(
        "set",
        D := date(2019, 11, 29),
        "[Chaque vendredi], les Algérois descendent dans la rue pour réclamer le départ de « tout le système ».",
        (repeated("P1W"),),
    ),
    Row(
        "set",
        D := date(2014, 10, 13),
        "L'avion des Nations unies se posera [deux fois par semaine] à Malakal ; {pour l'heure}, les vivres arrivent par barge [tous les deux mois].",
        (repeated("P1W"), repeated("P2M")),
    ),
    # Spans up to the publish date and from it
    Row(
        "span",
        D := date(2016, 12, 14),
        "[Ces trois derniers jours], plus de 6.000 habitants ont quitté les quartiers est d'Alep par leurs propres moyens.",
        (between(ago(D, days=3), D),),
    ),
    Row(
        "span",
        D := date(2021, 8, 9),
        "Au cours des [dix dernières années], la région a perdu un tiers de ses pâturages et, dans les [dix prochains jours], le PAM devra réduire ses rations.",
        (between(ago(D, years=10), D), between(D, hence(D, days=10))),
    ),
    Row(
        "vague",
        D := date(2026, 1, 22),
        "Les attaques contre les camions-citernes se sont multipliées [ces dernières semaines] sur l'axe Kayes-Bamako.",
        (vague(till(D)),),
    ),
    Row(
        "vague",
        D := date(2000, 6, 19),
        "Selon Médecins sans frontières, les premiers cas de choléra sont apparus à Kisangani autour du [10 juin], après [six jours] de combats entre armées rwandaise et ougandaise.",
        (vague(on(past_day(D, 6, 10))), lasting("P6D")),
    ),
    # Feasts
    Row(
        "feast",
        D := date(2024, 5, 3),
        "À Port-au-Prince, les défilés du [1er mai] ont {été} annulés par crainte des gangs, une première depuis [2004].",
        (on(past_day(D, 5, 1)), year(2004)),
    ),
    Row(
        "feast",
        D := date(2011, 12, 28),
        "L'attentat commis le jour de [Noël] contre une église de la banlieue d'Abuja a fait 37 morts, selon un nouveau bilan.",
        (on(past_day(D, 12, 25)),),
    ),
    Row(
        "feast",
        D := date(2016, 8, 20),
        "Le prix du sac de mil a doublé à Diffa pendant le [ramadan], et les commerçants redoutent une nouvelle flambée en [septembre].",
        (fast(last_hijri(9, 1, D)), coming_month(D, 9)),
    ),
    # What is no time
    Row(
        "trap",
        D := date(2010, 9, 28),
        "À Conakry, les familles ont déposé des gerbes devant le stade du {28-Septembre}, puis gagné à pied le pont du {8-Novembre}.",
    ),
    Row(
        "trap",
        D := date(2017, 3, 7),
        "Des miliciens {maï-maï} armés de machettes ont attaqué [dimanche] un convoi de vivres venu de la province de {Mai-Ndombe}.",
        (on(last(SU, D)),),
    ),
    Row(
        "trap",
        D := date(2018, 4, 22),
        "À {34 ans}, le défenseur de l'environnement laisse une fille de {sept ans} et un documentaire inachevé sur la planète {Mars}, tourné dans le désert de la Guajira.",
    ),
    Row(
        "trap",
        D := date(2024, 3, 5),
        "Les gangs ont {été} repoussés [lundi] aux abords de l'aéroport {Toussaint-Louverture}, mais des tirs résonnaient encore près du {Champ-de-Mars}.",
        (on(last(MO, D)),),
    ),
    Row(
        "trap",
        D := date(1990, 3, 11),
        "Lâché par l'armée, le général Prosper {Avril} a quitté le pouvoir [samedi] et doit s'envoler [lundi] pour la Floride.",
        (on(last(SA, D)), on(coming(MO, D))),
    ),
]
