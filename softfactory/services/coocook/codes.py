"""The closed lists of the trade, with their names: what the API takes as codes and search finds as words."""

from typing import Literal

Cuisine = Literal[
    "korean", "japanese", "chinese", "italian", "french", "spanish", "thai", "vietnamese", "indian", "mexican",
    "american", "fusion", "vegan", "dessert", "bbq", "seafood", "royal_court", "temple",
]  # fmt: skip
Region = Literal[
    "seoul", "gyeonggi", "incheon", "busan", "daegu", "daejeon", "gwangju", "ulsan", "sejong", "gangwon",
    "chungbuk", "chungnam", "jeonbuk", "jeonnam", "gyeongbuk", "gyeongnam", "jeju",
]  # fmt: skip
Allergen = Literal[
    "egg", "milk", "buckwheat", "peanut", "soy", "wheat", "pine_nut", "walnut", "tree_nut", "crab", "shrimp", "squid",
    "mackerel", "fish", "shellfish", "peach", "tomato", "chicken", "pork", "beef", "sulfite", "sesame", "celery",
    "mustard", "lupin",
]  # fmt: skip
"""The 19 groups of the Korean food labelling rules, and those of EU regulation 1169/2011 that they lack."""

SpokenLanguage = Literal["ko", "en", "ja", "zh", "fr", "es", "vi"]
Policy = Literal["flexible", "moderate", "strict"]

CUISINES: dict[Cuisine, tuple[str, str]] = {
    "korean": ("한식", "Korean"),
    "japanese": ("일식", "Japanese"),
    "chinese": ("중식", "Chinese"),
    "italian": ("이탈리아 요리", "Italian"),
    "french": ("프랑스 요리", "French"),
    "spanish": ("스페인 요리", "Spanish"),
    "thai": ("태국 요리", "Thai"),
    "vietnamese": ("베트남 요리", "Vietnamese"),
    "indian": ("인도 요리", "Indian"),
    "mexican": ("멕시코 요리", "Mexican"),
    "american": ("미국 요리", "American"),
    "fusion": ("퓨전", "Fusion"),
    "vegan": ("비건 채식", "Vegan"),
    "dessert": ("디저트", "Dessert"),
    "bbq": ("바비큐", "Barbecue"),
    "seafood": ("해산물", "Seafood"),
    "royal_court": ("궁중 요리", "Royal court"),
    "temple": ("사찰 음식", "Temple"),
}
REGIONS: dict[Region, tuple[str, str]] = {
    "seoul": ("서울", "Seoul"),
    "gyeonggi": ("경기", "Gyeonggi"),
    "incheon": ("인천", "Incheon"),
    "busan": ("부산", "Busan"),
    "daegu": ("대구", "Daegu"),
    "daejeon": ("대전", "Daejeon"),
    "gwangju": ("광주", "Gwangju"),
    "ulsan": ("울산", "Ulsan"),
    "sejong": ("세종", "Sejong"),
    "gangwon": ("강원", "Gangwon"),
    "chungbuk": ("충북", "Chungbuk"),
    "chungnam": ("충남", "Chungnam"),
    "jeonbuk": ("전북", "Jeonbuk"),
    "jeonnam": ("전남", "Jeonnam"),
    "gyeongbuk": ("경북", "Gyeongbuk"),
    "gyeongnam": ("경남", "Gyeongnam"),
    "jeju": ("제주", "Jeju"),
}
ALLERGENS: dict[Allergen, tuple[str, str]] = {
    "egg": ("알류", "egg"),
    "milk": ("우유", "milk"),
    "buckwheat": ("메밀", "buckwheat"),
    "peanut": ("땅콩", "peanut"),
    "soy": ("대두", "soy"),
    "wheat": ("밀", "wheat"),
    "pine_nut": ("잣", "pine nut"),
    "walnut": ("호두", "walnut"),
    "tree_nut": ("견과류", "tree nut"),
    "crab": ("게", "crab"),
    "shrimp": ("새우", "shrimp"),
    "squid": ("오징어", "squid"),
    "mackerel": ("고등어", "mackerel"),
    "fish": ("생선", "fish"),
    "shellfish": ("조개류", "shellfish"),
    "peach": ("복숭아", "peach"),
    "tomato": ("토마토", "tomato"),
    "chicken": ("닭고기", "chicken"),
    "pork": ("돼지고기", "pork"),
    "beef": ("쇠고기", "beef"),
    "sulfite": ("아황산류", "sulfite"),
    "sesame": ("참깨", "sesame"),
    "celery": ("셀러리", "celery"),
    "mustard": ("겨자", "mustard"),
    "lupin": ("루핀", "lupin"),
}

MEMBERS: dict[str, frozenset[str]] = {
    "tree_nut": frozenset({"walnut", "pine_nut"}),
    "fish": frozenset({"mackerel"}),
    "shellfish": frozenset({"crab", "shrimp", "squid"}),
}
"""Whoever cannot eat a group cannot eat its members. English speakers mean crustaceans by "shellfish" as well."""


def touches(guest: str, dish: str) -> bool:
    """Whether a guest's allergen may be in a dish that declares ``dish``; a declared group may hold any member."""
    return guest == dish or dish in MEMBERS.get(guest, ()) or guest in MEMBERS.get(dish, ())
