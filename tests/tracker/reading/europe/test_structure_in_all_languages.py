"""The titles that structure an act, in each of the twenty-four languages of the Union."""

import pytest

from tracker.reading.structure.european_words import (
    annex_number,
    article_number,
    division_of,
    is_corrigendum,
)

# language: article, chapter, section, annex, corrigendum
TITLES = {
    "bg": ("Член 5", "ГЛАВА III", "Раздел 2", "ПРИЛОЖЕНИЕ I", "Поправка на Регламент"),
    "cs": ("Článek 5", "KAPITOLA III", "Oddíl 2", "PŘÍLOHA I", "Oprava nařízení"),
    "da": ("Artikel 5", "KAPITEL III", "Afdeling 2", "BILAG I", "Berigtigelse til"),
    "de": ("Artikel 5", "KAPITEL III", "Abschnitt 2", "ANHANG I", "Berichtigung der"),
    "el": ("Άρθρο 5", "ΚΕΦΑΛΑΙΟ ΙΙΙ", "Τμήμα 2", "ΠΑΡΑΡΤΗΜΑ Ι", "Διορθωτικό στον"),
    "en": ("Article 5", "CHAPTER III", "Section 2", "ANNEX I", "Corrigendum to"),
    "es": ("Artículo 5", "CAPÍTULO III", "Sección 2", "ANEXO I", "Corrección de errores del"),
    "et": ("Artikkel 5", "III PEATÜKK", "2. jagu", "I LISA", "Parandus"),
    "fi": ("5 artikla", "III LUKU", "2 jakso", "LIITE I", "Oikaisu"),
    "fr": ("Article 5", "CHAPITRE III", "Section 2", "ANNEXE I", "Rectificatif au"),
    "ga": ("Airteagal 5", "CAIBIDIL III", "Roinn 2", "IARSCRÍBHINN I", "Ceartúchán"),
    "hr": ("Članak 5.", "POGLAVLJE III.", "Odjeljak 2.", "PRILOG I.", "Ispravak"),
    "hu": ("5. cikk", "III. FEJEZET", "2. szakasz", "I. MELLÉKLET", "Helyesbítés"),
    "it": ("Articolo 5", "CAPO III", "Sezione 2", "ALLEGATO I", "Rettifica del"),
    "lt": ("5 straipsnis", "III SKYRIUS", "2 skirsnis", "I PRIEDAS", "Klaidų ištaisymas"),
    "lv": ("5. pants", "III NODAĻA", "2. iedaļa", "I PIELIKUMS", "Labojums"),
    "mt": ("Artikolu 5", "KAPITOLU III", "Taqsima 2", "ANNESS I", "Rettifika għal"),
    "nl": ("Artikel 5", "HOOFDSTUK III", "Afdeling 2", "BIJLAGE I", "Rectificatie van"),
    "pl": ("Artykuł 5", "ROZDZIAŁ III", "Sekcja 2", "ZAŁĄCZNIK I", "Sprostowanie do"),
    "pt": ("Artigo 5.º", "CAPÍTULO III", "Secção 2", "ANEXO I", "Retificação do"),
    "ro": ("Articolul 5", "CAPITOLUL III", "Secțiunea 2", "ANEXA I", "Rectificare la"),
    "sk": ("Článok 5", "KAPITOLA III", "Oddiel 2", "PRÍLOHA I", "Korigendum k"),
    "sl": ("Člen 5", "POGLAVJE III", "Oddelek 2", "PRILOGA I", "Popravek"),
    "sv": ("Artikel 5", "KAPITEL III", "Avsnitt 2", "BILAGA I", "Rättelse till"),
}


@pytest.mark.parametrize("language", TITLES)
def test_articles_chapters_sections_and_annexes_are_found_by_their_words(language):
    article, chapter, section, annex, corrigendum = TITLES[language]

    assert article_number(article) == "5"
    assert division_of(chapter) == ("chapter", "III")
    assert division_of(section) == ("section", "2")
    assert annex_number(annex) == "I"
    assert is_corrigendum(corrigendum)


@pytest.mark.parametrize("line", ["Article 5 is", "Section 3 of", "Article 5 of this Regulation", "Annex to the"])
def test_the_beginning_of_a_sentence_is_no_title(line):
    assert article_number(line) is None
    assert division_of(line) is None
    assert annex_number(line) is None


def test_a_letter_of_another_alphabet_belongs_to_the_number():
    assert article_number("Άρθρο 5α") == "5α"
    assert article_number("Член 5а") == "5а"


def test_a_title_of_two_words_has_its_number_before_it():
    assert division_of("II ANTRAŠTINĖ DALIS") == ("title", "II")
