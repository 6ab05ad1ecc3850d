"""Which professions the demo's clinicians have, and the letters behind their names, place by place."""

from random import Random

US = {
    "psychologist": 26,
    "professional_counselor": 25,
    "clinical_social_worker": 24,
    "marriage_family_therapist": 11,
    "psychiatric_nurse_practitioner": 4,
    "psychiatrist": 3,
    "psychiatric_nurse": 2,
    "art_therapist": 2,
    "addiction_counselor": 1,
    "music_therapist": 1,
    "drama_therapist": 1,
}
ABROAD = {
    "CA": {"professional_counselor": 45, "psychologist": 30, "clinical_social_worker": 25},
    "GB": {"professional_counselor": 60, "psychologist": 30, "art_therapist": 10},
    "IE": {"professional_counselor": 100},
    "AU": {"psychologist": 50, "professional_counselor": 30, "clinical_social_worker": 20},
    "NZ": {"professional_counselor": 50, "psychologist": 50},
}

# profession: what most places say, then "letters: places" where they say something else
LETTERS = {
    "professional_counselor": (
        "LPC",
        "LMHC: US-NY US-WA US-MA US-FL US-IN US-RI US-IA US-HI, LCPC: US-IL US-MD US-ME US-MT US-ID US-KS,"
        "LPCC: US-CA US-OH US-KY US-MN US-ND US-NM, LCMHC: US-NC US-NH US-UT US-VT, LPCMH: US-DE,"
        "LPC-MH: US-SD, LIMHP: US-NE, RP: CA-ON, RCT: CA-NS, LCT: CA-NB, RCC: CA-BC,"
        "CCC: CA-AB CA-MB CA-NL CA-NT CA-NU CA-PE CA-SK CA-YT CA-QC, MBACP: GB-ENG GB-WLS GB-NIR,"
        "MBACP (Accred): GB-SCT, MIACP: IE, PACFA Reg.: AU-NSW AU-VIC AU-QLD AU-SA AU-WA AU-TAS AU-NT AU-ACT,"
        "MNZAC: NZ",
    ),
    "clinical_social_worker": (
        "LCSW",
        "LICSW: US-MA US-WA US-MN US-DC US-RI US-NH US-VT US-WV US-AL, LISW: US-OH US-IA, LISW-CP: US-SC,"
        "LCSW-C: US-MD, LSCSW: US-KS, LCSW-R: US-NY,"
        "RSW: CA-AB CA-BC CA-MB CA-NB CA-NL CA-NS CA-NT CA-NU CA-ON CA-PE CA-QC CA-SK CA-YT,"
        "AMHSW: AU-NSW AU-VIC AU-QLD AU-SA AU-WA AU-TAS AU-NT AU-ACT",
    ),
    "marriage_family_therapist": ("LMFT", "LCMFT: US-MD US-KS"),
    "psychiatrist": ("MD", ""),
    "psychiatric_nurse_practitioner": ("PMHNP-BC", ""),
    "psychiatric_nurse": ("RN, PMH-BC", ""),
    "art_therapist": ("ATR-BC", "LCAT: US-NY, LCPAT: US-MD, HCPC AS: GB-ENG GB-SCT GB-WLS GB-NIR"),
    "music_therapist": ("MT-BC", "LCAT: US-NY"),
    "drama_therapist": ("RDT", "LCAT: US-NY"),
    "addiction_counselor": ("LADC", "CASAC: US-NY, LCDC: US-TX, SUDP: US-WA, LCAS: US-NC"),
    "psychologist": (
        "PhD|PsyD",
        "C.Psych.: CA-ON, R.Psych.: CA-AB CA-BC CA-SK CA-NS, CPsychol: GB-ENG GB-SCT GB-WLS GB-NIR",
    ),
}


def profession(code: str, dice: Random) -> str:
    """The slug of a profession that is practised there."""
    odds = ABROAD.get(code[:2], US)
    return dice.choices(list(odds), list(odds.values()))[0]


def letters(slug: str, code: str, dice: Random) -> str:
    """What stands behind the name of such a clinician there."""
    usual, special = LETTERS[slug]
    for entry in filter(None, special.split(",")):
        said, _, places = entry.strip().partition(": ")
        if code in places.split():
            return said
    return dice.choice(usual.split("|"))
