"""An invented dump of GeoNames' layout, read with ``runpy``; only its columns are GeoNames'."""

import unicodedata
import zipfile

KHABUR = (40.72, 36.42)  # by the embedded line of the Khabur in Syria
DEIR_EZ_ZOR = 170794  # an id that the embedded gazetteer has

# id, name, other names, latitude, longitude, class, code, country, admin1 code, population
ROWS = [
    (90000001, "Tall Zuwayrah", "", 35.512, 40.317, "P", "PPL", "SY", "07", 0),
    (90000002, "Qaşr Nimrūdah", "Qasr Nimruda,QNR", 35.25, 40.5, "P", "PPL", "SY", "07", 3200),
    (90000003, "Wādī Ţumbakīn", "", 34.911, 39.412, "H", "WAD", "SY", "11", 0),
    (90000004, "Ḩaql Sarābī", "", 35.113, 40.613, "L", "OILF", "SY", "07", 0),
    (90000005, "Tall Ghuraybān", "", 36.213, 40.113, "T", "HLL", "SY", "01", 12),
    (90000006, "Bi’r Qandūlah", "", 34.513, 38.913, "H", "WLL", "SY", "11", 0),
    (90000007, "Bādiyat Zimrān", "", 34.213, 39.213, "T", "DSRT", "SY", "11", 0),
    (DEIR_EZ_ZOR, "Deir ez-Zor", "", 35.33588, 40.14084, "P", "PPLA", "SY", "07", 200000),
    (90000009, "Muḩāfaz̧at Nowhere", "", 35.0, 40.0, "A", "ADM1", "SY", "07", 0),
    (90000010, "Nowhere Republic", "", 35.0, 38.0, "A", "PCLI", "SY", "00", 0),
    (90000011, "Ţarīq Zimrān", "", 35.1, 38.1, "R", "RD", "SY", "11", 0),
    (90000012, "Sāḩat Zimrān", "", 35.111, 38.121, "R", "SQR", "SY", "11", 0),
    (90000013, "Nahr al Khābūr", "", KHABUR[1], KHABUR[0], "H", "STM", "SY", "01", 0),
    (90000014, "Nahr al Khābūr", "", 33.113, 36.513, "H", "STM", "SY", "06", 0),
    (90000015, "Buḩayrat Zimrān", "", 36.711, 38.211, "H", "RSV", "SY", "04", 0),
    (90000016, "Maţār Zimrān", "", 34.511, 38.611, "S", "AIRB", "SY", "11", 0),
    (90000017, "Over the Border", "", 34.411, 41.611, "P", "PPL", "IQ", "01", 0),
    (90000018, "’’", "", 34.511, 38.711, "S", "RUIN", "SY", "11", 0),
    (90000001, "Tall Zuwayrah", "", 35.512, 40.317, "P", "PPL", "SY", "07", 0),
    (90000020, "No Class", "", 35.511, 38.711, "", "", "SY", "11", 0),
    (90000021, "Ghābat Zimrān", "", 35.511, 36.111, "V", "FRST", "SY", "02", 0),
    # Where the embedded border of Raqqa is, by its point; of Deir ez-Zor, by its code.
    (90000022, "Ḩadd Zimrān", "", 35.75, 39.62, "P", "PPL", "SY", "07", 0),
]

# geonameid, language, name, preferred, historic
NAMES = [
    (90000001, "ar", "تل زويرة", "1", ""),
    (90000001, "en", "Tell Zuwayra", "", ""),
    (90000001, "link", "https://example.org/zuwayra", "", ""),
    (90000001, "wkdt", "Q90000001", "", ""),
    (90000001, "", "Telli Zwera", "", ""),
    (90000001, "fr", "Tell Zouweira; Zouweira", "", ""),
    (90000001, "icao", "OSZZ", "", ""),
    (90000001, "zh-Hant", "祖韋拉", "", ""),
    (90000001, "abbr", "TZ", "", ""),
    (90000001, "en", "Zuwayropolis", "", "1"),
    (90000003, "ar", "وادي طمبكين", "", ""),
    (90000004, "ar", "حقل سرابي", "", ""),
    (DEIR_EZ_ZOR, "en", "Deir", "", ""),
    (12345, "en", "Of nothing here", "", ""),
]


def row(  # noqa: PLR0917 -- a row of a table
    number, name, others, lat, lon, letter, code, country, admin1, people
):
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return "\t".join([
        str(number), name, ascii_name, others, str(lat), str(lon), letter, code, country, "",
        admin1, "", "", "", str(people), "", "250", "Asia/Damascus", "2024-01-01",
    ])  # fmt: skip


def dump(rows=ROWS):
    return "".join(row(*each) + "\n" for each in rows).encode()


def alternates(names=NAMES):
    return "".join(
        "\t".join([str(at), str(number), language, name, preferred, "", "", historic, "", ""])
        + "\n"
        for at, (number, language, name, preferred, historic) in enumerate(names)
    ).encode()


def zipped(path, text, member="SY.txt"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Read me.")
        archive.writestr(member, text)
    return path
