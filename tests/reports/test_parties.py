# ruff: noqa: E501 -- a sentence a line
"""Who did it to whom, and of which type it is: sentences of our own, all read in one go."""

from __future__ import annotations

import pandas as pd
import pytest

import geoevents as ge

# The text; what is expected, one event a line: type | actor | target | place | dead.
CASES = {
    # Actors ------------------------------------------------------------------------------------
    "On Monday a missile that the government blamed on the Houthis hit a house in Marib, killing eleven people.": "missile strike | Houthis | people | in Marib | 11",
    "Rockets that the army blamed on Boko Haram landed in Maiduguri on Monday.": "shelling | Boko Haram | | in Maiduguri |",
    "A car bomb blamed on ETA went off in Bilbao on Monday.": "bombing | ETA | | in Bilbao |",
    "Officials blamed the Houthis for the fuel shortage in Sanaa.": "",
    "The armed group known to the authorities as KKB and the security forces fought for hours around Sugapa on Monday.": "armed clash | West Papua National Liberation Army | Indonesian military | around Sugapa |",
    "On Monday a gang known to police as Viv Ansanm and officers traded fire for hours in Kenscoff.": "armed clash | Viv Ansanm | | in Kenscoff |",
    "A man known to his friends as Ali was shot dead in Homs on Monday.": "attack on civilians | | man | in Homs | 1",
    "Troops listened to the villagers as rebels shelled Homs on Monday.": "shelling | rebels | | Homs |",
    "HVO and Armija continue to fight in and around Vitez.": "armed clash | Croatian Defence Council | Army of the Republic of Bosnia and Herzegovina | in and around Vitez |",
    "Rebels and soldiers battled near Malakal for hours on Monday.": "armed clash | rebels | South Sudanese military | near Malakal |",
    "The SDF and Turkish-backed fighters fought near Manbij on Monday.": "armed clash | SDF | Syrian National Army | near Manbij |",
    "The army and the rebels fought for Goma on Monday.": "armed clash | Congolese military | rebels | Goma |",
    "The army and the police fought the rebels near Goma on Monday.": "armed clash | Congolese military; Congolese police | rebels | near Goma |",
    "The army and allied militias fought in Malakal on Monday.": "armed clash | South Sudanese military | | in Malakal |",
    "Russian and Syrian troops fought near Homs on Monday.": "armed clash | Russian military; Syrian government forces | | near Homs |",
    "Firefighters and volunteers battled the blaze near Homs on Monday.": "",
    "A woman blew herself up in a market in Maiduguri on Monday, killing six people.": "bombing | suicide bomber | people | in Maiduguri | 6",
    "Two girls blew themselves up at a mosque in Mubi on Monday, killing 20 worshippers.": "bombing | suicide bomber | worshippers | in Mubi | 20",
    "A Hamas fighter blew himself up at a checkpoint near Jenin on Monday.": "bombing | Hamas | | near Jenin |",
    "On Monday, units of the Azerbaijani armed forces shelled, with artillery and large-calibre arms, Armenian positions near Sotk.": "shelling | Azerbaijani military | Armenia | near Sotk |",
    "Russian forces struck, using drones and missiles, the port of Izmail on Monday.": "air strike | Russian military | | the port of Izmail |",
    "Rebels captured, with the help of foreign fighters, the town of Sake on Monday.": "territorial gain | rebels | | the town of Sake |",
    "On Monday gunmen killed, with knives and axes, 12 villagers near Djugu.": "attack on civilians | gunmen | civilians | near Djugu | 12",
    "Twelve villagers were killed, with axes, near Djugu on Monday.": "attack on civilians | | civilians | near Djugu | 12",
    "Soldiers wounded, with two in a grave state, near Goma on Monday.": "armed clash | | Congolese military | near Goma |",
    "Huambo fell to Jonas Savimbi's men on March 6.": "territorial gain | UNITA | | Huambo |",
    "Haftar's men took Derna on Monday.": "territorial gain | Libyan National Army | | Derna |",
    "Haftar's plane landed in Derna on Monday.": "",
    "The Russian army said the enemy shelled Belgorod on Monday.": "shelling | | | Belgorod |",
    "Rebels shelled enemy positions near Homs on Monday.": "shelling | rebels | | near Homs |",
    "Fighting between the Arakan Army and the Myanmar Armed Forces broke out in Maungdaw on Monday.": "armed clash | Arakan Army | Myanmar military | in Maungdaw |",
    "Five soldiers were killed in fighting between the army and M23 near Rutshuru on Monday.": "armed clash | M23 | Congolese military | near Rutshuru | 5",
    "Five rebels were killed in fighting between the army and M23 near Rutshuru on Monday.": "armed clash | Congolese military | M23 | near Rutshuru | 5",
    "Three gunmen died in a clash between soldiers and the Sinaloa Cartel in Culiacán on Monday.": "armed clash | Mexican military | Sinaloa Cartel | in Culiacán | 3",
    "Masked men shot dead a teacher in Cali on Monday.": "attack on civilians | gunmen | teacher | in Cali | 1",
    "US forces killed Osama bin Laden in Abbottabad on Monday.": "armed clash | US military | Osama bin Laden | in Abbottabad | 1",
    "Gunmen killed the mayor Jorge Diaz in Culiacán on Monday.": "attack on civilians | gunmen | Jorge Diaz | in Culiacán | 1",
    # Whom "the group" means that is hit
    "Al Shabaab attacked a base near Jowhar on Monday. Turkish-made drones hit the group near Jowhar overnight, killing twelve.": "armed clash | Al-Shabaab | | near Jowhar |\nair strike | | Al-Shabaab | near Jowhar | 12",
    "Boko Haram raided Banki on Monday. Russian-made jets bombed the insurgents near Banki on Tuesday.": "armed clash | Boko Haram | | Banki |\nair strike | | Boko Haram | near Banki |",
    "Boko Haram and ISWAP fought near Banki on Monday. Jets bombed the group near Banki on Tuesday.": "armed clash | Boko Haram | ISWAP | near Banki |\nair strike | | | near Banki |",
    "Boko Haram raided Banki on Monday. Gunmen attacked the group of herders near Banki on Tuesday.": "armed clash | Boko Haram | | Banki |\nattack on civilians | gunmen | herders | near Banki |",
    "The SDF said on Monday that ISIS had attacked Hajin. Coalition jets hit the group near Hajin on Tuesday.": "armed clash | ISIS | | Hajin |\nair strike | US-led coalition | | near Hajin |",
    # Targets and types -------------------------------------------------------------------------
    "Police killed four members of a family in Homs on Monday.": "attack on civilians | Syrian police | civilians | in Homs | 4",
    "Gunmen killed two members of a gang in Cali on Monday.": "armed clash | gunmen | gang members | in Cali | 2",
    "Phillip Mehrtens, a pilot, was seized by rebels at Paro on Monday.": "attack on civilians | rebels | Phillip Mehrtens | Paro |",
    "Two priests were seized on the road to Jos on Monday.": "attack on civilians | | priests | Jos |",
    "Police seized three suspects in Homs on Monday.": "other | Syrian police | suspects | in Homs |",
    "Rebels seized the village of Sake on Monday.": "territorial gain | rebels | | the village of Sake |",
    "On Saturday one of its delivery men was taken by gunmen in Culiacán.": "attack on civilians | gunmen | men | in Culiacán |",
    "Fifteen teachers taken from Kumba on 9 February came home on Sunday.": "attack on civilians | | teachers | Kumba |",
    "The wounded were taken by soldiers to a hospital in Homs on Monday.": "",
    "A player was taken by surprise at the stadium in Homs on Monday.": "",
    "Men in a passing vehicle shot at the newspaper's offices in Culiacán on Monday.": "attack on civilians | men | | in Culiacán |",
    "Two men on a motorcycle fired at a lawyer's house in Karachi on Monday.": "attack on civilians | men | | in Karachi |",
    "Two men shot at a checkpoint near Jenin on Monday died in hospital.": "attack on civilians | | men | near Jenin |",
    "A farmer was injured by sniper fire near Homs on Monday.": "attack on civilians | | farmer | near Homs |",
    "A soldier was wounded by sniper fire near Avdiivka on Monday.": "armed clash | | Ukrainian military | near Avdiivka |",
    "A child was hit by a stray bullet in Nablus on Monday.": "attack on civilians | | civilians | in Nablus |",
    "A World Food Programme aircraft was fired on while landing at Malanje on Sunday.": "attack on civilians | | World Food Programme | at Malanje |",
    "A Red Cross convoy was fired upon near Gao on Monday.": "attack on civilians | | ICRC | near Gao |",
    "A government convoy was fired on near Gao on Monday.": "armed clash | | Malian military | near Gao |",
    "Militiamen attacked a displacement site at Plaine Savo on Monday; 62 displaced persons were killed.": "attack on civilians | militia | displaced persons | Plaine Savo | 62",
    "Abu Sayed died in Rangpur on Tuesday after policemen fired at him during a march against quotas.": "attack on civilians | Bangladeshi police | Abu Sayed | in Rangpur | 1",
    # Verbs -------------------------------------------------------------------------------------
    "A Sea Harrier was brought down by a missile near Homs on Monday.": "armed clash | | | near Homs |",
    "The government was brought down by a vote in Rome on Monday.": "",
    "Hundreds of people filled Clock Square in Homs on Monday to call for the fall of the government.": "protest | people | | in Homs |",
    "Fans filled the square in Naples on Monday to celebrate the title.": "",
    "Rebels shelled Kuito on Sunday. The town came under fire again on Monday.": "shelling | rebels | | Kuito |\nshelling | | | Kuito |",
    "Rebels stormed Kuito on Sunday. The town came under fire again on Monday.": "armed clash | rebels | | Kuito |\narmed clash | | | Kuito |",
    "Twenty suspected accomplices of the rebels who raided a school at Mpondwe on Friday were arrested over the weekend, police said.": "attack on civilians | rebels | | at Mpondwe |\nother | | rebels | at Mpondwe |",
    "Rebels hacked and burnt to death 37 pupils in Mpondwe on Monday and killed five others.": "attack on civilians | rebels | pupils | in Mpondwe | 42",
    "On Monday gunmen on motorcycles rounded up the men of Sanaba and shot 26.": "attack on civilians | gunmen | men | Sanaba | 26",
    "Soldiers rounded up villagers near Goma on Monday and shot 18 of them.": "attack on civilians | Congolese military | civilians | near Goma | 18",
    "Rebels lined up 12 men in Sake on Monday and shot them.": "attack on civilians | rebels | | in Sake | 12",
    "Police rounded up supporters in Kampala on Monday and shot in the air.": "other | Ugandan police | supporters | in Kampala |",
    "Rebels destroyed an aircraft at Goma airport on Monday.": "armed clash | rebels | | at Goma |",
    "The crowd filled the stadium in Rome on Monday to urge on the team.": "",
    "Soldiers rounded up villagers near Goma on Monday.": "other | Congolese military | civilians | near Goma |",
    "At least five people were killed in Gori on Tuesday by a cluster munition.": "shelling | | people | in Gori | 5",
    "The storming of the barracks in Nasir by rebels on Monday left 12 soldiers dead.": "armed clash | rebels | South Sudanese military | in Nasir | 12",
    "Militants hunted down dissidents in Homs on Monday.": "attack on civilians | militants | dissidents | in Homs |",
    "Civil groups observed a shutdown in Imphal on Monday.": "protest | | | in Imphal |",
    "The company plans a shutdown of its mill in Dhaka for tomorrow.": "",
}


def _row(line: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in line.split("|"))


@pytest.fixture(scope="module")
def found() -> dict[str, list[tuple[str, ...]]]:
    notes = pd.DataFrame({"text": list(CASES), "day": "2022-06-15"})
    events = ge.read_reports(notes, text="text", published="day", workers=1)
    rows: dict[str, list[tuple[str, ...]]] = {text: [] for text in CASES}
    for event in events.itertuples():
        named = (
            value if isinstance(value, str) else ""
            for value in (event.event_type, event.actor, event.target, event.locality)
        )
        dead = "" if pd.isna(event.fatalities) else f"{event.fatalities:.0f}"
        rows[notes.loc[event.report, "text"]].append((*named, dead))
    return rows


@pytest.mark.parametrize("text", CASES)
def test_who_did_what_to_whom(found, text):
    expected = [_row(line) for line in CASES[text].splitlines()]
    assert sorted(found[text]) == sorted(expected)
