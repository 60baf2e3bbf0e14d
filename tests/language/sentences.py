"""Twenty sentences of our own, on several conflicts and disasters."""

SENTENCES = [
    "Rebel fighters entered the city of Aleppo on Friday.",
    "The Ukrainian army said Russia had fired 40 missiles at Kharkiv overnight.",
    "At least 12 people were killed when a shell hit a market in Goma, the UN said.",
    "President Volodymyr Zelensky met Emmanuel Macron in Paris on Monday.",
    "Hezbollah denied that it had launched rockets from southern Lebanon.",
    "The Rapid Support Forces took control of Wad Madani in December.",
    "Thousands of civilians fled Rakhine State after the Arakan Army advanced.",
    "An earthquake of magnitude 6.4 struck near Petrinja in Croatia.",
    "The International Committee of the Red Cross called for a ceasefire.",
    "Israel's military said it struck targets near Damascus airport.",
    "Officials in Islamabad and New Delhi agreed to a truce along the border.",
    "Floods in Valencia left more than 200 people dead, according to Spain's government.",
    "General Abdel Fattah al-Burhan rejected the proposal.",
    "Houthi forces in Yemen attacked a ship in the Red Sea.",
    "The Kremlin said on Tuesday that the talks in Geneva had failed.",
    "M23 rebels seized the town of Sake, residents told Reuters.",
    "NATO Secretary General Mark Rutte visited Kyiv last week.",
    "Armenian and Azerbaijani troops clashed near Lachin.",
    "The Security Council adopted Resolution 2728 in March 2024.",
    "Turkish drones hit Kurdish positions in northern Syria, the SDF said.",
]
