"""The register of the sample consultation: posts at reserved domains (RFC 2606), no persons."""

import csv
import io
from dataclasses import dataclass
from typing import Final

_COLUMNS = ("iso3", "name", "language", "region", "email", "role", "focal_point", "domain")

#: The Sector Member that replies though it is asked for information only.
SECTOR_MEMBER: Final = "standards@telecom-laboratories.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """One Member State of the sample.

    Attributes:
        iso3: ISO 3166-1 alpha-3.
        name: in English, as the register has it.
        language: in which it is written to, and writes.
        region: of ITU.
        domain: reserved, one a State.
        signs: its name as its form has it, with the article where the language wants one.
    """

    iso3: str
    name: str
    language: str
    region: str
    domain: str
    signs: str

    @property
    def focal_point(self) -> str:
        """The address that reminders go to, and that most replies come from."""
        return f"regulation@{self.domain}"


# iso3, domain, language, region, name, its name on the form.
_TABLE = (
    ("ARG", "ar", "es", "Americas", "Argentina", "Argentina"),
    ("AUS", "au", "en", "Asia and the Pacific", "Australia", "Australia"),
    ("BEL", "be", "fr", "Europe", "Belgium", "la Belgique"),
    ("BRA", "br", "en", "Americas", "Brazil", "Brazil"),
    ("CAN", "ca", "en", "Americas", "Canada", "Canada"),
    ("CHE", "ch", "en", "Europe", "Switzerland", "Switzerland"),
    ("CHL", "cl", "es", "Americas", "Chile", "Chile"),
    ("CHN", "cn", "zh", "Asia and the Pacific", "China", "中国"),
    ("COL", "co", "es", "Americas", "Colombia", "Colombia"),
    ("DEU", "de", "en", "Europe", "Germany", "Germany"),
    ("DNK", "dk", "en", "Europe", "Denmark", "Denmark"),
    ("EGY", "eg", "ar", "Arab States", "Egypt", "مصر"),
    ("FIN", "fi", "en", "Europe", "Finland", "Finland"),
    ("FRA", "fr", "fr", "Europe", "France", "la France"),
    ("GBR", "gb", "en", "Europe", "United Kingdom", "the United Kingdom"),
    ("GHA", "gh", "en", "Africa", "Ghana", "Ghana"),
    ("IDN", "id", "en", "Asia and the Pacific", "Indonesia", "Indonesia"),
    ("IND", "in", "en", "Asia and the Pacific", "India", "India"),
    ("ISL", "is", "en", "Europe", "Iceland", "Iceland"),
    ("ITA", "it", "en", "Europe", "Italy", "Italy"),
    ("JOR", "jo", "ar", "Arab States", "Jordan", "الأردن"),
    ("JPN", "jp", "en", "Asia and the Pacific", "Japan", "Japan"),
    ("KAZ", "kz", "ru", "CIS", "Kazakhstan", "Казахстан"),
    ("KEN", "ke", "en", "Africa", "Kenya", "Kenya"),
    ("KOR", "kr", "en", "Asia and the Pacific", "Korea (Rep. of)", "the Republic of Korea"),
    ("LKA", "lk", "en", "Asia and the Pacific", "Sri Lanka", "Sri Lanka"),
    ("MAR", "ma", "fr", "Arab States", "Morocco", "Maroc"),
    ("MEX", "mx", "es", "Americas", "Mexico", "México"),
    ("MNG", "mn", "en", "Asia and the Pacific", "Mongolia", "Mongolia"),
    ("NLD", "nl", "en", "Europe", "Netherlands", "the Netherlands"),
    ("NOR", "no", "en", "Europe", "Norway", "Norway"),
    ("NZL", "nz", "en", "Asia and the Pacific", "New Zealand", "New Zealand"),
    ("PER", "pe", "es", "Americas", "Peru", "Perú"),
    ("POL", "pl", "en", "Europe", "Poland", "Poland"),
    ("PRT", "pt", "en", "Europe", "Portugal", "Portugal"),
    ("PSE", "ps", "ar", "Arab States", "State of Palestine", "دولة فلسطين"),
    ("RWA", "rw", "fr", "Africa", "Rwanda", "Rwanda"),
    ("SAU", "sa", "en", "Arab States", "Saudi Arabia", "Saudi Arabia"),
    ("SEN", "sn", "fr", "Africa", "Senegal", "Sénégal"),
    ("SWE", "se", "en", "Europe", "Sweden", "Sweden"),
    ("THA", "th", "en", "Asia and the Pacific", "Thailand", "Thailand"),
    ("TUR", "tr", "en", "Europe", "Türkiye", "Türkiye"),
    ("USA", "us", "en", "Americas", "United States", "the United States of America"),
    ("UZB", "uz", "ru", "CIS", "Uzbekistan", "Узбекистан"),
    ("VNM", "vn", "en", "Asia and the Pacific", "Viet Nam", "Viet Nam"),
    ("ZAF", "za", "en", "Africa", "South Africa", "South Africa"),
)

#: ISO 3166-1 alpha-3 -> the Administrations that the sample's register knows.
ADMINISTRATIONS: Final = {
    iso3: Administration(
        iso3=iso3,
        name=name,
        language=language,
        region=region,
        domain=f"telecom-{label}.example",
        signs=signs,
    )
    for iso3, label, language, region, name, signs in _TABLE
}

#: A second registered address, which is not the focal point's.
SECOND_CONTACT: Final = f"licensing@{ADMINISTRATIONS['IND'].domain}"


def register_csv() -> str:
    """The sample's register, with the columns that `tsbbot members import` takes."""
    rows = [
        (*_state(each), each.focal_point, "Focal point", "yes", each.domain)
        for each in ADMINISTRATIONS.values()
    ]
    india = ADMINISTRATIONS["IND"]
    rows.append((*_state(india), SECOND_CONTACT, "Licensing", "no", india.domain))
    rows.append(("", "Telecom Laboratories", "en", "", SECTOR_MEMBER, "Sector Member", "no", ""))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(rows)
    return written.getvalue()


def _state(administration: Administration) -> tuple[str, str, str, str]:
    return (
        administration.iso3,
        administration.name,
        administration.language,
        administration.region,
    )
