"""What an act says about itself, in the languages beyond English, Dutch, German and French."""

import pytest

from tracker.reading.europe import cite, extract, facts
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import ReadingContext
from tracker.reading.structure.eids import finish
from tracker.reading.tradition import Facts

# language, the Journal's header, title, date line, purpose, article word, (heading, commencement, application), repeal
ACTS = {
    "es": (
        "REGLAMENTO (UE) 2025/9901 DEL PARLAMENTO EUROPEO Y DEL CONSEJO",
        "de 3 de marzo de 2025",
        "sobre faros y por el que se deroga la Directiva 95/99/CE",
        "Artículo",
        "entrará en vigor a los veinte días de su publicación en el Diario Oficial de la Unión Europea.",
        "Será aplicable a partir del 1 de mayo de 2026.",
        "Queda derogada la Directiva 95/99/CE.",
    ),
    "it": (
        "REGOLAMENTO (UE) 2025/9901 DEL PARLAMENTO EUROPEO E DEL CONSIGLIO",
        "del 3 marzo 2025",
        "sui fari e che abroga la direttiva 95/99/CE",
        "Articolo",
        "entra in vigore il ventesimo giorno successivo alla pubblicazione nella Gazzetta ufficiale.",
        "Si applica a decorrere dal 1o maggio 2026.",
        "La direttiva 95/99/CE è abrogata.",
    ),
    "pt": (
        "REGULAMENTO (UE) 2025/9901 DO PARLAMENTO EUROPEU E DO CONSELHO",
        "de 3 de março de 2025",
        "relativo aos faróis e que revoga a Diretiva 95/99/CE",
        "Artigo",
        "entra em vigor no vigésimo dia seguinte ao da sua publicação no Jornal Oficial da União Europeia.",
        "É aplicável a partir de 1 de maio de 2026.",
        "É revogada a Diretiva 95/99/CE.",
    ),
    "pl": (
        "ROZPORZĄDZENIE PARLAMENTU EUROPEJSKIEGO I RADY (UE) 2025/9901",
        "z dnia 3 marca 2025 r.",
        "w sprawie latarni i uchylające dyrektywę 95/99/WE",
        "Artykuł",
        "wchodzi w życie dwudziestego dnia po jego opublikowaniu w Dzienniku Urzędowym Unii Europejskiej.",
        "Niniejsze rozporządzenie stosuje się od dnia 1 maja 2026 r.",
        "Uchyla się dyrektywę 95/99/WE.",
    ),
    "da": (
        "EUROPA-PARLAMENTETS OG RÅDETS FORORDNING (EU) 2025/9901",
        "af 3. marts 2025",
        "om fyrtårne og om ophævelse af direktiv 95/99/EF",
        "Artikel",
        "træder i kraft på tyvendedagen efter offentliggørelsen i Den Europæiske Unions Tidende.",
        "Den anvendes fra den 1. maj 2026.",
        "Direktiv 95/99/EF ophæves.",
    ),
    "sv": (
        "EUROPAPARLAMENTETS OCH RÅDETS FÖRORDNING (EU) 2025/9901",
        "av den 3 mars 2025",
        "om fyrar och om upphävande av direktiv 95/99/EG",
        "Artikel",
        "träder i kraft den tjugonde dagen efter det att den har offentliggjorts.",
        "Den ska tillämpas från och med den 1 maj 2026.",
        "Direktiv 95/99/EG upphör att gälla.",
    ),
    "cs": (
        "NAŘÍZENÍ EVROPSKÉHO PARLAMENTU A RADY (EU) 2025/9901",
        "ze dne 3. března 2025",
        "o majácích a o zrušení směrnice 95/99/ES",
        "Článek",
        "vstupuje v platnost dvacátým dnem po vyhlášení v Úředním věstníku Evropské unie.",
        "Použije se ode dne 1. května 2026.",
        "Směrnice 95/99/ES se zrušuje.",
    ),
    "ro": (
        "REGULAMENTUL (UE) 2025/9901 AL PARLAMENTULUI EUROPEAN ȘI AL CONSILIULUI",
        "din 3 martie 2025",
        "privind farurile și de abrogare a Directivei 95/99/CE",
        "Articolul",
        "intră în vigoare în a douăzecea zi de la data publicării în Jurnalul Oficial al Uniunii Europene.",
        "Se aplică de la 1 mai 2026.",
        "Directiva 95/99/CE se abrogă.",
    ),
}


def the_facts(language: str) -> Facts:
    title, dated, purpose, article, commencement, application, repeal = ACTS[language]
    titles = "".join(f'<p class="oj-doc-ti">{line}</p>' for line in (title, dated, purpose))
    articles = "".join(
        f'<div class="eli-subdivision" id="art_{n}"><p class="oj-ti-art">{article} {n}</p>'
        + "".join(f'<p class="oj-normal">{line}</p>' for line in lines)
        + "</div>"
        for n, lines in enumerate(((repeal,), (commencement, application)), 1)
    )
    header = f'<p class="oj-hd-lg">{language.upper()}</p><p class="oj-hd-oj">L</p><p class="oj-hd-date">10.3.2025</p>'
    page = f"<html><body><table><tr><td>{header}</td></tr></table>{titles}{articles}</body></html>"
    act = extract(open_source(page.encode()), ReadingContext())
    return facts(act, finish(act.drafts, cite), ReadingContext())


@pytest.mark.parametrize("language", ACTS)
def test_an_act_states_its_kind_number_dates_and_what_it_repeals(language):
    found = the_facts(language)

    assert (found.type, found.number, found.uri) == (
        "regulation",
        "(EU) 2025/9901".replace("EU", found.number[1:3]),
        "32025R9901",
    )
    assert [(m.kind.value, str(m.on), m.formula) for m in found.dates] == [
        ("adopted", "2025-03-03", None),
        ("published", "2025-03-10", None),
        ("in_force", "2025-03-30", "published + P20D"),
        ("applies", "2026-05-01", None),
    ]
    repeals = [relation for relation in found.relations if relation.kind.value == "repeals"]
    assert {relation.target.split()[-1][:5] for relation in repeals} == {"95/99"}
    assert any(relation.eid == "art_1" for relation in repeals)
