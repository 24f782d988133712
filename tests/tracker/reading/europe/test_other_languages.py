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
    "bg": (
        "РЕГЛАМЕНТ (ЕС) 2025/9901 НА ЕВРОПЕЙСКИЯ ПАРЛАМЕНТ И НА СЪВЕТА",
        "от 3 март 2025 година",
        "относно фаровете и за отмяна на Директива 95/99/ЕО",
        "Член",
        "влиза в сила на двадесетия ден след публикуването му в Официален вестник на Европейския съюз.",
        "Прилага се от 1 май 2026 година.",
        "Директива 95/99/ЕО се отменя.",
    ),
    "el": (
        "ΚΑΝΟΝΙΣΜΟΣ (ΕΕ) 2025/9901 ΤΟΥ ΕΥΡΩΠΑΪΚΟΥ ΚΟΙΝΟΒΟΥΛΙΟΥ ΚΑΙ ΤΟΥ ΣΥΜΒΟΥΛΙΟΥ",
        "της 3ης Μαρτίου 2025",
        "για τους φάρους και για την κατάργηση της οδηγίας 95/99/ΕΚ",
        "Άρθρο",
        "αρχίζει να ισχύει την εικοστή ημέρα από τη δημοσίευσή του στην Επίσημη Εφημερίδα.",
        "Εφαρμόζεται από την 1η Μαΐου 2026.",
        "Η οδηγία 95/99/ΕΚ καταργείται.",
    ),
    "et": (
        "EUROOPA PARLAMENDI JA NÕUKOGU MÄÄRUS (EL) 2025/9901",
        "3. märts 2025",
        "tuletornide kohta ja millega tunnistatakse kehtetuks direktiiv 95/99/EÜ",
        "Artikkel",
        "jõustub kahekümnendal päeval pärast selle avaldamist Euroopa Liidu Teatajas.",
        "Seda kohaldatakse alates 1. maist 2026.",
        "Direktiiv 95/99/EÜ tunnistatakse kehtetuks.",
    ),
    "fi": (
        "EUROOPAN PARLAMENTIN JA NEUVOSTON ASETUS (EU) 2025/9901",
        "annettu 3 päivänä maaliskuuta 2025",
        "majakoista ja direktiivin 95/99/EY kumoamisesta",
        "artikla",
        "tulee voimaan kahdentenakymmenentenä päivänä sen jälkeen, kun se on julkaistu virallisessa lehdessä.",
        "Sitä sovelletaan 1 päivästä toukokuuta 2026.",
        "Kumotaan direktiivi 95/99/EY.",
    ),
    "ga": (
        "RIALACHÁN (AE) 2025/9901 Ó PHARLAIMINT NA hEORPA AGUS ÓN gCOMHAIRLE",
        "an 3 Márta 2025",
        "maidir le tithe solais agus lena n-aisghairtear Treoir 95/99/CE",
        "Airteagal",
        "Tiocfaidh an Rialachán seo i bhfeidhm an fichiú lá tar éis lá a fhoilsithe san Iris Oifigiúil.",
        "Beidh feidhm aige ón 1 Bealtaine 2026.",
        "Aisghairtear Treoir 95/99/CE.",
    ),
    "hr": (
        "UREDBA (EU) 2025/9901 EUROPSKOG PARLAMENTA I VIJEĆA",
        "od 3. ožujka 2025.",
        "o svjetionicima i o stavljanju izvan snage Direktive 95/99/EZ",
        "Članak",
        "stupa na snagu dvadesetog dana od dana objave u Službenom listu Europske unije.",
        "Primjenjuje se od 1. svibnja 2026.",
        "Direktiva 95/99/EZ stavlja se izvan snage.",
    ),
    "hu": (
        "AZ EURÓPAI PARLAMENT ÉS A TANÁCS (EU) 2025/9901 RENDELETE",
        "(2025. március 3.)",
        "a világítótornyokról és a 95/99/EK irányelv hatályon kívül helyezéséről",
        "cikk",
        "Ez a rendelet a Hivatalos Lapban való kihirdetését követő huszadik napon lép hatályba.",
        "Ezt a rendeletet 2026. május 1-jétől kell alkalmazni.",
        "A 95/99/EK irányelv hatályát veszti.",
    ),
    "lt": (
        "EUROPOS PARLAMENTO IR TARYBOS REGLAMENTAS (ES) 2025/9901",
        "2025 m. kovo 3 d.",
        "dėl švyturių ir kuriuo panaikinama Direktyva 95/99/EB",
        "straipsnis",
        "Šis reglamentas įsigalioja dvidešimtą dieną po jo paskelbimo oficialiajame leidinyje.",
        "Jis taikomas nuo 2026 m. gegužės 1 d.",
        "Direktyva 95/99/EB panaikinama.",
    ),
    "lv": (
        "EIROPAS PARLAMENTA UN PADOMES REGULA (ES) 2025/9901",
        "(2025. gada 3. marts)",
        "par bākām un ar ko atceļ Direktīvu 95/99/EK",
        "pants",
        "Šī regula stājas spēkā divdesmitajā dienā pēc tās publicēšanas Oficiālajā Vēstnesī.",
        "To piemēro no 2026. gada 1. maija.",
        "Direktīvu 95/99/EK atceļ.",
    ),
    "mt": (
        "REGOLAMENT (UE) 2025/9901 TAL-PARLAMENT EWROPEW U TAL-KUNSILL",
        "tat-3 ta’ Marzu 2025",
        "dwar il-fanali u li jħassar id-Direttiva 95/99/KE",
        "Artikolu",
        "Dan ir-Regolament għandu jidħol fis-seħħ fl-għoxrin jum wara dak tal-pubblikazzjoni tiegħu.",
        "Għandu japplika mill-1 ta’ Mejju 2026.",
        "Id-Direttiva 95/99/KE hija mħassra.",
    ),
    "sk": (
        "NARIADENIE EURÓPSKEHO PARLAMENTU A RADY (EÚ) 2025/9901",
        "z 3. marca 2025",
        "o majákoch a o zrušení smernice 95/99/ES",
        "Článok",
        "nadobúda účinnosť dvadsiatym dňom nasledujúcim po jeho uverejnení v Úradnom vestníku Európskej únie.",
        "Uplatňuje sa od 1. mája 2026.",
        "Smernica 95/99/ES sa zrušuje.",
    ),
    "sl": (
        "UREDBA (EU) 2025/9901 EVROPSKEGA PARLAMENTA IN SVETA",
        "z dne 3. marca 2025",
        "o svetilnikih in o razveljavitvi Direktive 95/99/ES",
        "Člen",
        "začne veljati dvajseti dan po objavi v Uradnem listu Evropske unije.",
        "Uporablja se od 1. maja 2026.",
        "Direktiva 95/99/ES se razveljavi.",
    ),
}


def article_title(word: str, number: int) -> str:
    """Return the title of an article as it is printed: some languages put the number first."""
    point = {"cikk": ".", "pants": "."}.get(word, "")
    return f"{number}{point} {word}" if word in {"artikla", "cikk", "pants", "straipsnis"} else f"{word} {number}"


def the_facts(language: str) -> Facts:
    title, date_line, purpose, article, commencement, application, repeal = ACTS[language]
    titles = "".join(f'<p class="oj-doc-ti">{line}</p>' for line in (title, date_line, purpose))
    articles = "".join(
        f'<div class="eli-subdivision" id="art_{n}"><p class="oj-ti-art">{article_title(article, n)}</p>'
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
    facts = the_facts(language)

    assert (facts.type, facts.number, facts.uri) == (
        "regulation",
        f"({facts.number[1:3]}) 2025/9901",
        "32025R9901",
    )
    assert [(m.kind.value, str(m.on), m.formula) for m in facts.dates] == [
        ("adopted", "2025-03-03", None),
        ("published", "2025-03-10", None),
        ("in_force", "2025-03-30", "published + P20D"),
        ("applies", "2026-05-01", None),
    ]
    repeals = [relation for relation in facts.relations if relation.kind.value == "repeals"]
    assert {relation.target.split()[-1][:5] for relation in repeals} == {"95/99"}
    assert any(relation.eid == "art_1" for relation in repeals)
    if language != "ga":  # whose names of institutions change at their beginning
        assert [authority.id for authority in facts.authorities][:2] == ["eu_parliament", "eu_council"]
