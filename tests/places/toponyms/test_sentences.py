"""
Sentences of our own, each with all that is a place in it; written before the finder was tuned.

A mention is written ``words=COUNTRY`` for a place, ``words~COUNTRY`` for a demonym and
``words!COUNTRY`` for a government. What is not listed must not be found as one of these.
"""

import pytest

from geoevents.places import Gazetteer
from geoevents.places.toponyms import find_toponyms
from geoevents.prose import Document

MARKS = {"place": "=", "demonym": "~", "government": "!"}

COMMON_WORDS = [
    ("Mobile phones stopped working in Mosul after the raid.", "Mosul=IQ"),
    ("Reading from a statement, the officer named Kandahar as the target.", "Kandahar=AF"),
    ("Of the 30 fighters, ten were caught near Maiduguri.", "Maiduguri=NG"),
    ("On Saturday gunmen stormed a bank in Kidal.", "Kidal=ML"),
    ("It was a nice evening in Nice when the lorry came.", "Nice=FR"),
    ("Police fired tear gas; Police said nobody was hurt.", ""),
    ("The Battle of Marawi ended in October.", "Marawi=PH"),
    ("Independence came late, and Victory later still.", ""),
    ("In March the army left Pemba.", "Pemba=MZ"),
    ("Many said Hope was gone. Many Government offices were shut.", ""),
    ("Split between two fronts, the brigade fell back on Lysychansk.", "Lysychansk=UA"),
    ("Bath towels and Orange juice were handed out.", ""),
    ("March saw Union troops and Liberty protesters in Khartoum.", "Khartoum=SD"),
]

PERSONS = [
    # A first name that is a country's, and a last name that is a word of English.
    ("Jordan Cooper said that mortars fell on Idlib.", "Idlib=SY"),
    ("Georgia Baker reported from Kharkiv.", "Kharkiv=UA"),
    ("Soldiers arrested Chad Turner in Nairobi.", "Nairobi=KE"),
    ("In Georgia Wells was closed.", "Georgia=GE"),
    ("Fighting spread to Jordan Valley and Chad Basin.", "Jordan=JO; Chad=TD"),
    ("China White Paper was issued.", "China=CN"),
    ("Kenya Black Cross officials came.", "Kenya=KE"),
    ("They crossed the Jordan River.", "Jordan River=JO"),
    ("Israel Defense Forces struck Gaza.", "Israel~IL; Gaza=PS"),
    ("Syria Civil Defence said five died in Idlib.", "Syria~SY; Idlib=SY"),
    ("Paris Saint-Germain won.", ""),
    # What is eaten and kept.
    ("Turkey sandwiches were handed out.", ""),
    ("Turkey shelled Kobani.", "Turkey=TR; Kobani=SY"),
    ("President Lincoln never slept here, said Mr Jordan.", ""),
    ("Paris Hilton flew to Dubai.", "Dubai=AE"),
    ("Paul Washington was shot. Washington died in Lagos.", "Lagos=NG"),
    ("Gen. Austin met Col. Houston at a base in Djibouti.", "Djibouti=DJ"),
    ("Barack Obama spoke first; Obama then left for Nairobi.", "Nairobi=KE"),
    ("Spokesman Ryan Dillon told reporters in Baghdad that Dillon would stay.", "Baghdad=IQ"),
    ("Sydney Carton, 34, and Florence Lacey were freed in Tripoli.", "Tripoli=LY"),
    ("King Abdullah of Jordan received Prime Minister Abadi.", "Jordan=JO"),
    ("Jack London wrote it; Jordan Henderson read it in Accra.", "Accra=GH"),
]

ORGANISATIONS = [
    ("The Aleppo Media Centre published a video.", ""),
    ("Syrian Democratic Forces entered Tabqa.", "Tabqa=SY"),
    ("A student of Kabul University was killed in Herat.", "Herat=AF"),
    ("Manchester United played in Madrid.", "Madrid=ES"),
    ("The University of Aleppo was shelled.", ""),
    ("The Bank of England and the Moscow Times said so.", ""),
    ("The Oslo Accords and the Geneva Conventions were quoted in Ramallah.", "Ramallah=PS"),
    ("Operation Euphrates Shield began near Jarabulus.", "Jarabulus=SY"),
    ("The Sydney Morning Herald has a man in Honiara.", "Honiara=SB"),
    ("The Dallas Police Department asked the Houston Chronicle.", ""),
    ("Fighters of the Free Syrian Army crossed into Afrin.", "Afrin=SY"),
]

GOVERNMENTS = [
    ("Washington said it would not send troops to Mogadishu.", "Washington!US; Mogadishu=SO"),
    ("Damascus denied that Douma was bombed.", "Damascus!SY; Douma=SY"),
    ("Talks between Moscow and Kyiv broke down.", "Moscow!RU; Kyiv!UA"),
    ("Moscow-backed rebels hold Luhansk.", "Moscow!RU; Luhansk=UA"),
    ("Shells fell on Damascus.", "Damascus=SY"),
    ("The Kremlin rejected the claim, and Beijing has warned Manila's ally.",
     "Kremlin!RU; Beijing!CN; Manila!PH"),
]  # fmt: skip

DEMONYMS = [
    ("Syrian jets struck; the Russians denied it.", "Syrian~SY; Russians~RU"),
    ("A US-backed force and pro-Russian fighters clashed.", "US~US; Russian~RU"),
    ("The Syrian-Iraqi border was closed.", "Syrian~SY; Iraqi~IQ"),
    ("US warplanes flew from Qatar.", "US~US; Qatar=QA"),
    ("South Korean and Saudi Arabian officers met in the US.",
     "South Korean~KR; Saudi Arabian~SA; US=US"),
    ("The Turkish army, Turks say, left Syria.", "Turkish~TR; Turks~TR; Syria=SY"),
    ("The Russian Ministry of Defence named no town.", "Russian~RU"),
]  # fmt: skip

PLACES = [
    ("Fighting reached Deir Ezzor and Deir al-Zour province.",
     "Deir Ezzor=SY; Deir al-Zour=SY"),
    ("Three died in the town of Hajin, east of the Euphrates River.",
     "Hajin=SY; Euphrates River=IQ"),
    ("DAMASCUS, Sept 16 (Reuters) - Rebels left Zabadani.", "DAMASCUS=SY; Zabadani=SY"),
    ("MOSCOW — Nothing was said about Aleppo.", "MOSCOW=RU; Aleppo=SY"),
    ("REBELS SEIZE AIRPORT NEAR DONETSK\n\nThe airport is in ruins.", "DONETSK=UA"),
    ("Syria's Army Takes Town Near Palmyra\n\nSoldiers took the town.", "Syria=SY; Palmyra=SY"),
    ("A fire in Springfield, Illinois, killed two.", "Springfield=US; Illinois=US"),
    ("He grew up in Tripoli, in northern Lebanon.", "Tripoli=LB; Lebanon=LB"),
    ("Syria's border with Iraq, and Kyiv's suburbs, were quiet.", "Syria=SY; Iraq=IQ; Kyiv=UA"),
    ("The Kabul-based group sent men to Kunduz and Baghlan.",
     "Kabul=AF; Kunduz=AF; Baghlan=AF"),
    ("Soldiers left Goma, Sake and Bukavu in the U.S.-made trucks.",
     "Goma=CD; Sake=CD; Bukavu=CD; U.S.~US"),
    ("Boats sank on Lake Victoria and on Lake Chad.", "Lake Victoria=UG; Lake Chad=TD"),
    ("The dead were found in Burkina Faso, Bosnia and Herzegovina, and Trinidad and Tobago.",
     "Burkina Faso=BF; Bosnia and Herzegovina=BA; Trinidad and Tobago=TT"),
    ("Heavy fighting was reported in Africa and the Middle East.", ""),
    ("Aid reached Kiev, Odessa and Lvov.", "Kiev=UA; Odessa=UA; Lvov=UA"),
]  # fmt: skip

OTHER_SCRIPTS = [
    ("قتل ثلاثة جنود في حلب وانسحبت القوات من دير الزور إلى تدمر.",
     "حلب=SY; دير الزور=SY; تدمر=SY"),
    ("قصفت الطائرات بلدة سراقب شرق محافظة إدلب.", "سراقب=SY; إدلب=SY"),
    ("وصل الوفد إلى بغداد قادما من دمشق.", "بغداد=IQ; دمشق=SY"),
    ("Бои шли в Алеппо и под Харьковом.", "Алеппо=SY; Харьковом=UA"),
    ("Войска вышли из Дамаска, сообщили в Москве.", "Дамаска=SY; Москве=RU"),
    ("Обстрел Донецка и Авдеевки продолжался в субботу.", "Донецка=UA; Авдеевки=UA"),
    ("У Харкові та Києві пролунали вибухи.", "Харкові=UA; Києві=UA"),
]  # fmt: skip

#: Added while it was widened.
LATER = [
    ("clashes in aleppo and near deir ezzor left 12 dead, syrian monitors said",
     "aleppo=SY; deir ezzor=SY; syrian~SY"),
    ("killed in action in a nice house near the river", ""),
    ("Independence, Missouri, and Mobile, Alabama, are far from Nice, France.",
     "Independence=US; Missouri=US; Mobile=US; Alabama=US; Nice=FR; France=FR"),
    ("A fire in Portland, Ore., spared Buffalo, N.Y.",
     "Portland=US; Ore=US; Buffalo=US; N.Y.=US"),
    ("They paid US$20 and $US 30 in Harare.", "Harare=ZW"),
    ("West Nile virus and Ebola were found in Gulu.", "Gulu=UG"),
    ("The Health Centre in Bunia shut.", "Bunia=CD"),
    ("Israeli strikes hit Hamas-run Gaza and Mar-a-Lago was not hit.", "Israeli~IL; Gaza=PS"),
    ("Ankara and Moscow agreed on a zone near Idlib.", "Ankara!TR; Moscow!RU; Idlib=SY"),
    ("Sudan's Rapid Support Forces shelled El Fasher.", "Sudan=SD; El Fasher=SD"),
    ("Georgia Governor Brian Kemp, a Republican, spoke in Atlanta, Georgia.",
     "Georgia=US; Atlanta=US; Georgia=US"),
    ("The Gambia and The Hague were named.", "Gambia=GM; The Hague=NL"),
    ("He fled via Tal Abyad and Ain Issa, near Kobani.",
     "Tal Abyad=SY; Ain Issa=SY; Kobani=SY"),
    ("GAZA CITY (AP) — Two boys died near Rafah.", "GAZA CITY=PS; Rafah=PS"),
    ("Rebels Seize Key Town Near Aleppo As Government Forces Retreat\n\nThe town fell.",
     "Aleppo=SY"),
    ("Fano fighters hold Debre Tabor, Ethiopian officials said.",
     "Debre Tabor=ET; Ethiopian~ET"),
    ("Michael Jordan came; later Jordan said nothing in Amman.", "Amman=JO"),
    ("Pan-American and African-American groups met in Lima.", "Lima=PE"),
    ("Da Nang International Airport and Tabqa air base were shut.",
     "Da Nang International Airport=VN; Tabqa=SY"),
    ("New Zealand and Korea are countries; Guinea-Bissau is one.",
     "New Zealand=NZ; Korea=KR; Guinea-Bissau=GW"),
    ("He spoke of the Congo River and of Nyanza Province.", "Congo River=CD; Nyanza Province=KE"),
]  # fmt: skip

SENTENCES = [
    *COMMON_WORDS, *PERSONS, *ORGANISATIONS, *GOVERNMENTS, *DEMONYMS, *PLACES, *OTHER_SCRIPTS,
    *LATER,
]  # fmt: skip


def mentions(text: str) -> str:
    (found,) = find_toponyms([Document.read(text)], Gazetteer.embedded())
    return "; ".join(f"{t.text}{MARKS[t.sense]}{t.country}" for t in found if t.sense in MARKS)


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text[:40] for text, _ in SENTENCES])
def test_the_places_of_a_sentence(text: str, expected: str) -> None:
    assert mentions(text) == expected


def test_there_are_many_sentences() -> None:
    assert len(SENTENCES) >= 60
