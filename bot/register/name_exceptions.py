"""Words that contain a Member State's name and mean another, or may mean two, or also a person."""

from typing import Final

#: Contain a name and are nobody's: places, seas, companies, and Chinese words that only look so.
NOBODY: Final = (
    "Northern Ireland",
    "Irlande du Nord",
    "Irlanda del Norte",
    "Северная Ирландия",
    "أيرلندا الشمالية",
    "北爱尔兰",
    "South Georgia",
    "Géorgie du Sud",
    "Georgia del Sur",
    "Atlanta, Georgia",
    "New Mexico",
    "Nouveau-Mexique",
    "Nuevo México",
    "American Samoa",
    "Samoa américaines",
    "Samoa Americana",
    "Американское Самоа",
    "ساموا الأمريكية",
    "美属萨摩亚",
    "New Guinea",
    "Nouvelle-Guinée",
    "Nueva Guinea",
    "Новая Гвинея",
    "غينيا الجديدة",
    "新几内亚",
    "Gulf of Guinea",
    "Gulf of Mexico",
    "Gulf of Oman",
    "Golfe de Guinée",
    "Golfo de México",
    "South China Sea",
    "Sea of Japan",
    "Air France",
    "France Télécom",
    "France Telecom",
    "Telecom Italia",
    "Korea Telecom",
    "China Mobile",
    "China Telecom",
    "China Unicom",
    "China Broadcasting Network",
    "中国移动",
    "中国联通",
    "中国际",
    "道德国际",
    "合法国际",
    "非法国家",
    "上海地",
    "智利用",
    "明智利",
    "增加纳",
    "参加纳",
)

#: Mean more than one, or mean one without saying it as it should be said.
AMBIGUOUS: Final = {
    "Korea": ("KOR", "PRK"),
    "Corée": ("KOR", "PRK"),
    "Corea": ("KOR", "PRK"),
    "Корея": ("KOR", "PRK"),
    "كوريا": ("KOR", "PRK"),
    "Macedonia": ("MKD",),
    "Macédoine": ("MKD",),
    "Македония": ("MKD",),
    "مقدونيا": ("MKD",),
    "马其顿": ("MKD",),
    "Britain": ("GBR",),
    "Dominica Republic": ("DMA", "DOM"),
    "Republic of Dominica": ("DMA", "DOM"),
    "République de Dominique": ("DMA", "DOM"),
    "República de Dominica": ("DMA", "DOM"),
}

#: Also given names, surnames or common words (folded): they count where an Administration or a
#: Ministry is "of" them, or where they stand alone in a line.
ALSO_WORDS: Final = frozenset(
    {
        *(
            "chad",
            "dominique",
            "france",
            "georgia",
            "granada",
            "holland",
            "india",
            "israel",
            "jordan",
        ),
        *("kenya", "maurice", "mauricio", "oman", "salvador", "turkey"),
        *("того", "чад", "перу"),
        *("مالي", "عمان", "قطر", "المغرب"),
    }
)

#: A name that is no State's where one of these follows it at once: "Granada, España" is a city,
#: and so is "عمان، الأردن" (Amman); "Georgia, USA" is a State of another kind.
CITIES_OF: Final = {
    "GRD": frozenset({"ESP", "NIC"}),
    "OMN": frozenset({"JOR"}),
    "GEO": frozenset({"USA"}),
}
