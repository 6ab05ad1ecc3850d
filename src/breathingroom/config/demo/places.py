"""Where the demo's clinicians sit: towns of every jurisdiction, and how many of a thousand practise there."""

from random import Random

TOWNS = {
    "US-AL": (14, "Birmingham, Huntsville, Mobile, Montgomery, Tuscaloosa"),
    "US-AK": (8, "Anchorage, Fairbanks, Juneau, Sitka"),
    "US-AZ": (20, "Phoenix, Tucson, Flagstaff, Mesa, Prescott"),
    "US-AR": (11, "Little Rock, Fayetteville, Fort Smith, Jonesboro"),
    "US-CA": (62, "Los Angeles, Oakland, Sacramento, San Diego, Fresno, Santa Rosa, Long Beach, Redding"),
    "US-CO": (26, "Denver, Boulder, Fort Collins, Durango, Colorado Springs"),
    "US-CT": (15, "New Haven, Hartford, Stamford, Norwich"),
    "US-DE": (9, "Wilmington, Dover, Newark, Lewes"),
    "US-DC": (13, "Washington"),
    "US-FL": (42, "Miami, Tampa, Orlando, Tallahassee, Gainesville, Jacksonville"),
    "US-GA": (26, "Atlanta, Savannah, Athens, Decatur, Macon"),
    "US-HI": (10, "Honolulu, Hilo, Kailua, Lihue"),
    "US-ID": (12, "Boise, Moscow, Idaho Falls, Coeur d'Alene"),
    "US-IL": (32, "Chicago, Evanston, Springfield, Peoria, Urbana"),
    "US-IN": (17, "Indianapolis, Bloomington, Fort Wayne, South Bend"),
    "US-IA": (13, "Des Moines, Iowa City, Ames, Dubuque"),
    "US-KS": (12, "Wichita, Lawrence, Topeka, Overland Park"),
    "US-KY": (14, "Louisville, Lexington, Bowling Green, Berea"),
    "US-LA": (14, "New Orleans, Baton Rouge, Lafayette, Shreveport"),
    "US-ME": (12, "Portland, Bangor, Augusta, Belfast"),
    "US-MD": (20, "Baltimore, Silver Spring, Frederick, Annapolis"),
    "US-MA": (28, "Boston, Northampton, Worcester, Somerville, Salem"),
    "US-MI": (23, "Detroit, Ann Arbor, Grand Rapids, Lansing, Marquette"),
    "US-MN": (22, "Minneapolis, Saint Paul, Duluth, Rochester, Mankato"),
    "US-MS": (10, "Jackson, Oxford, Hattiesburg, Gulfport"),
    "US-MO": (18, "St. Louis, Kansas City, Columbia, Springfield"),
    "US-MT": (10, "Missoula, Bozeman, Billings, Helena"),
    "US-NE": (11, "Omaha, Lincoln, Kearney, Scottsbluff"),
    "US-NV": (12, "Las Vegas, Reno, Henderson, Elko"),
    "US-NH": (11, "Portsmouth, Concord, Manchester, Keene"),
    "US-NJ": (24, "Newark, Montclair, Princeton, Hoboken, Cherry Hill"),
    "US-NM": (13, "Albuquerque, Santa Fe, Las Cruces, Taos"),
    "US-NY": (52, "New York, Buffalo, Ithaca, Albany, Rochester, Kingston, Brooklyn"),
    "US-NC": (26, "Durham, Asheville, Charlotte, Raleigh, Wilmington"),
    "US-ND": (8, "Fargo, Bismarck, Grand Forks, Minot"),
    "US-OH": (27, "Columbus, Cleveland, Cincinnati, Athens, Toledo"),
    "US-OK": (13, "Oklahoma City, Tulsa, Norman, Stillwater"),
    "US-OR": (20, "Portland, Eugene, Bend, Ashland, Corvallis"),
    "US-PA": (32, "Philadelphia, Pittsburgh, Lancaster, State College, Erie"),
    "US-RI": (10, "Providence, Newport, Pawtucket, Warwick"),
    "US-SC": (14, "Charleston, Columbia, Greenville, Rock Hill"),
    "US-SD": (8, "Sioux Falls, Rapid City, Brookings, Vermillion"),
    "US-TN": (18, "Nashville, Memphis, Knoxville, Chattanooga"),
    "US-TX": (50, "Austin, Houston, San Antonio, Dallas, El Paso, Denton, Lubbock"),
    "US-UT": (15, "Salt Lake City, Provo, Logan, St. George"),
    "US-VT": (11, "Burlington, Brattleboro, Montpelier, Middlebury"),
    "US-VA": (24, "Richmond, Charlottesville, Norfolk, Roanoke, Arlington"),
    "US-WA": (28, "Seattle, Tacoma, Spokane, Bellingham, Olympia, Walla Walla"),
    "US-WV": (9, "Charleston, Morgantown, Huntington, Lewisburg"),
    "US-WI": (19, "Madison, Milwaukee, Eau Claire, Green Bay"),
    "US-WY": (8, "Laramie, Cheyenne, Casper, Jackson"),
    "US-AS": (3, "Pago Pago, Tafuna"),
    "US-GU": (5, "Hagåtña, Tamuning, Dededo"),
    "US-MP": (3, "Saipan, Tinian"),
    "US-PR": (12, "San Juan, Ponce, Mayagüez, Caguas"),
    "US-VI": (4, "Charlotte Amalie, Christiansted, Cruz Bay"),
    "CA-AB": (7, "Calgary, Edmonton, Canmore, Lethbridge"),
    "CA-BC": (9, "Vancouver, Victoria, Kelowna, Nelson"),
    "CA-MB": (4, "Winnipeg, Brandon"),
    "CA-NB": (3, "Fredericton, Moncton, Saint John"),
    "CA-NL": (3, "St. John's, Corner Brook"),
    "CA-NS": (4, "Halifax, Wolfville, Sydney"),
    "CA-NT": (2, "Yellowknife, Hay River"),
    "CA-NU": (2, "Iqaluit, Rankin Inlet"),
    "CA-ON": (12, "Toronto, Ottawa, Hamilton, Guelph, Thunder Bay"),
    "CA-PE": (2, "Charlottetown, Summerside"),
    "CA-QC": (8, "Montréal, Québec, Sherbrooke, Gatineau"),
    "CA-SK": (3, "Saskatoon, Regina"),
    "CA-YT": (2, "Whitehorse, Dawson"),
    "GB-ENG": (20, "London, Bristol, Leeds, Sheffield, Norwich, Exeter"),
    "GB-SCT": (7, "Edinburgh, Glasgow, Dundee, Inverness"),
    "GB-WLS": (5, "Cardiff, Aberystwyth, Swansea, Bangor"),
    "GB-NIR": (4, "Belfast, Derry, Newry"),
    "IE": (10, "Dublin, Cork, Galway, Sligo, Limerick"),
    "AU-NSW": (7, "Sydney, Newcastle, Lismore, Wagga Wagga"),
    "AU-VIC": (7, "Melbourne, Geelong, Ballarat, Castlemaine"),
    "AU-QLD": (5, "Brisbane, Cairns, Toowoomba"),
    "AU-SA": (4, "Adelaide, Mount Gambier"),
    "AU-WA": (4, "Perth, Fremantle, Albany"),
    "AU-TAS": (3, "Hobart, Launceston"),
    "AU-NT": (2, "Darwin, Alice Springs"),
    "AU-ACT": (3, "Canberra"),
    "NZ": (9, "Wellington, Auckland, Dunedin, Nelson, Whanganui"),
}
CODES = tuple(TOWNS)


def spread(listings: int) -> list[str]:
    """A jurisdiction for each of `listings` clinicians: one each as far as they reach, then by weight."""
    dice = Random(f"places {listings}")  # noqa: S311 - invented people need no secrets
    weights = [weight for weight, _ in TOWNS.values()]
    once = list(CODES[:listings])
    return once + dice.choices(CODES, weights, k=listings - len(once))


def town(code: str, dice: Random) -> str:
    """A town there, the first named ones more often."""
    names = TOWNS[code][1].split(", ")
    return dice.choices(names, range(len(names) + 1, 1, -1))[0]
