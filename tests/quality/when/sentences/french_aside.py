"""More French sentences with expressions of time, of other wording than those of french.py; the brackets are set as there."""

from datetime import date

from tests.quality.when.answers import (
    MO,
    WE,
    Row,
    ago,
    also,
    at,
    between,
    coming,
    coming_day,
    coming_month,
    contradicts,
    hence,
    last,
    lasting,
    months,
    on,
    past_day,
    past_month,
    persian,
    quarter,
    repeated,
    sighted,
    third_of,
    till,
    vague,
    weeks_ago,
    winter,
    year,
    years,
)
from tests.quality.when.sentences.french import (
    DAY,
    last_easter,
    last_hijri,
    month_of,
    summer,
    weekend,
)


def last_persian(month_: int, day: int, published: date) -> date:
    """The last such day of the Persian year on or before the publish date."""
    return next(d for n in range(1420, 1360, -1) if (d := persian(n, month_, day)) <= published)


ROWS = [
    Row(
        "weekday",
        D := date(2020, 10, 22),
        "Les syndicats appellent à une journée « ville morte » [lundi prochain] à Conakry ; [mercredi soir], trois quartiers étaient déjà privés d'Internet.",
        (on(coming(MO, D)), at(last(WE, D))),
    ),
    Row(
        "weekday_date",
        D := date(2018, 11, 8),
        "« Des barges chargées de déplacés sont arrivées à Mokha [dimanche 4] et [lundi 5 novembre] », relate un agent du Croissant-Rouge yéménite.",
        (on(past_day(D, 11, 4)), on(past_day(D, 11, 5))),
    ),
    Row(
        "weekday_date",
        D := date(2025, 11, 25),
        "Kinshasa et l'AFC/{M23} se retrouveront à Doha le [jeudi 11 décembre], sous l'égide du Qatar, pour parapher deux protocoles.",
        (on(coming_day(D, 12, 11)),),
    ),
    Row(
        "contradiction",
        D := date(2009, 10, 20),
        "Le rapport situe la fusillade au [mercredi 17 septembre 2009], sur l'esplanade de la caserne, à Guiglo.",
        (contradicts(on(date(2009, 9, 17))),),
    ),
    Row(
        "clock",
        D := date(2024, 6, 10),
        "Dans la [nuit du samedi 8 au dimanche 9 juin], une vedette de la marine soudanaise a tiré sur une pirogue au large de Port-Soudan.",
        (at(past_day(D, 6, 8), past_day(D, 6, 9)),),
    ),
    Row(
        "clock",
        D := date(1997, 4, 25),
        "Au [matin du 22 avril], les commandos péruviens ont pris position dans les tunnels ; l'ordre d'assaut est tombé dans l'[après-midi].",
        (at(past_day(D, 4, 22)), at(past_day(D, 4, 22))),
    ),
    Row(
        "clock",
        D := date(2022, 10, 12),
        "Les sirènes ont retenti [cette nuit] à Zaporijjia, puis de nouveau à [6H45], sans faire de victime.",
        (also(at(D - DAY, D), at(D), at(D - DAY)), at(D)),
    ),
    Row(
        "anchored",
        D := date(2013, 2, 19),
        "Sévaré a {été} évacuée le [9 janvier] ; [l'avant-veille], le marché y battait encore son plein, se souvient un changeur.",
        (on(past_day(D, 1, 9)), on(past_day(D, 1, 9) - 2 * DAY)),
    ),
    Row(
        "anchored",
        D := date(2020, 1, 10),
        "Le séisme du [12 janvier 2010] avait rasé la capitale haïtienne ; [neuf mois plus tard], le choléra faisait ses premiers morts dans l'Artibonite.",
        (on(date(2010, 1, 12)), also(month_of(hence(date(2010, 1, 12), months=9)), on(hence(date(2010, 1, 12), months=9)))),
    ),
    Row(
        "anchored",
        D := date(1995, 3, 30),
        "Elle a fui Kaboul en [1992], a perdu son mari [l'année suivante] et élève seule ses filles à Peshawar.",
        (year(1992), year(1993)),
    ),
    Row(
        "relative",
        D := date(2008, 1, 3),
        "L'opposition kényane appelle à un nouveau rassemblement [après-demain] au parc Uhuru, malgré l'interdiction de la police.",
        (on(D + 2 * DAY),),
    ),
    Row(
        "relative",
        D := date(2023, 7, 5),
        "Arrêté en [mars dernier] à Tunis, l'avocat comparaîtra à la [mi-septembre] devant la cour d'appel.",
        (past_month(D, 3), third_of(2, 2023, 9)),
    ),
    Row(
        "relative",
        D := date(2002, 10, 17),
        "Partis de Bouaké [voici deux semaines], les mutins devraient signer [ce week-end] une trêve que leur propose le médiateur sénégalais.",
        (weeks_ago(D, 2), weekend(D)),
    ),
    Row(
        "part",
        D := date(2008, 9, 19),
        "La digue de Kusaha, sur la Koshi, a lâché dans la [deuxième quinzaine d'août] ; les travaux ne commenceront que courant [octobre].",
        (between(date(2008, 8, 16), date(2008, 8, 31)), coming_month(D, 10)),
    ),
    Row(
        "quarter",
        D := date(2023, 8, 24),
        "Au [premier semestre 2023], 60 % des incidents visant des soignants ont eu lieu au Myanmar ou au Soudan, contre un tiers au [quatrième trimestre 2022].",
        (months(2023, 1, 6), quarter(2022, 4)),
    ),
    Row(
        "season",
        D := date(2024, 4, 11),
        "Durant l'[hiver 2023-2024], les missiles russes ont visé les ports du Danube ; Kiev craint que l'[été prochain] ne soit pire.",
        (winter(2023), summer(2024)),
    ),
    Row(
        "season",
        D := date(2019, 12, 5),
        "En Argentine, les soupes populaires n'avaient pas désempli de l'[hiver 2019], le plus froid que les bénévoles de Rosario aient connu depuis [2007].",
        (months(2019, 6, 8), year(2007)),
    ),
    Row(
        "decade",
        D := date(2016, 9, 27),
        "Comme dans [les années 80], les paras patrouillent à Medellín ; mais {cette fois}, l'accord de paix sera soumis au vote dès le [2 octobre].",
        (years(1980, 1989), on(coming_day(D, 10, 2))),
    ),
    Row(
        "range",
        D := date(2023, 12, 4),
        "Rapport de situation : Haut-Nil ([27-30 nov. 2023]). Quelque {1\u202f990} retournés ont franchi la frontière à Joda, soit {5 à 7} bus par convoi.",
        (between(date(2023, 11, 27), date(2023, 11, 30)),),
    ),
    Row(
        "range",
        D := date(2014, 3, 6),
        "De [2003 à 2011], l'ancien ministre a présidé le comité de sécurité de Maiduguri ; du [18 au 21 mars], il répondra aux questions des juges.",
        (years(2003, 2011), between(coming_day(D, 3, 18), coming_day(D, 3, 21))),
    ),
    Row(
        "numeric",
        D := date(1998, 6, 20),
        "Procès-verbal du [13.06.1998] : le témoin n° {7} dit avoir vu passer {15} à {20} camions sur la RN{27}. Réentendu [le surlendemain], il n'en compte plus que {dix}.",
        (on(date(1998, 6, 13)), on(date(1998, 6, 13) + 2 * DAY)),
    ),
    Row(
        "duration",
        D := date(2005, 1, 7),
        "Le convoi a roulé [dix-huit heures] pour atteindre Meulaboh ; les médecins y resteront au moins [trois semaines].",
        (lasting("PT18H"), lasting("P3W")),
    ),
    Row(
        "set",
        D := date(2017, 10, 30),
        "Au Kasaï, les infirmiers pèsent les enfants [une fois par mois] et passent [toutes les six heures] auprès des plus faibles.",
        (repeated("P1M"), repeated("PT6H")),
    ),
    Row(
        "span",
        D := date(2010, 8, 10),
        "Au cours des [24 dernières heures], l'Indus est monté de deux mètres à Sukkur, et l'armée prévoit d'évacuer 200.000 riverains dans les [deux prochains jours].",
        (between(ago(D, days=1), D), between(D, hence(D, days=2))),
    ),
    Row(
        "vague",
        D := date(2021, 9, 3),
        "Aux alentours du [15 août], les prix du carburant ont triplé à Hérat ; les changeurs y ont baissé le rideau [ces derniers jours].",
        (vague(on(past_day(D, 8, 15))), vague(till(D))),
    ),
    Row(
        "feast",
        D := date(2019, 8, 20),
        "Au Burkina, les déplacés de Barsalogho ont fêté la [Tabaski] sous des bâches ; ils devront y rester jusqu'à la [Toussaint], estime le maire.",
        (sighted(last_hijri(12, 10, D)), on(coming_day(D, 11, 1))),
    ),
    Row(
        "feast",
        D := date(2023, 4, 20),
        "Malgré la trêve promise pour la [Pâque orthodoxe], l'artillerie n'a pas cessé de tonner près de Bakhmout, où l'on déplore {seize} tués.",
        (on(last_easter(D, orthodox=True)),),
    ),
    Row(
        "feast",
        D := date(2012, 4, 2),
        "Une quarantaine de prisonniers kurdes ont été graciés à l'occasion de [Norouz], selon une ONG ; leurs proches les attendront [demain matin] à Sanandaj.",
        (also(on(last_persian(1, 1, D)), on(last_persian(1, 1, D) + DAY)), at(D + DAY)),
    ),
    Row(
        "trap",
        D := date(2011, 12, 14),
        "Sur le boulevard du {30-Juin}, {Noël} Kabeya, vendeur du quotidien « {Le Jour} », attend {une seconde} livraison : « {Le temps}, c'est de l'argent. »",
    ),
    Row(
        "trap",
        D := date(2006, 5, 23),
        "Enrôlé à {treize ans}, l'ancien enfant soldat a {été} recueilli à Moundou, la {deuxième} ville du Tchad, où il vend des barres {Mars} à l'unité.",
    ),
]
