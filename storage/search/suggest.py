"""Did you mean: words of the index and of titles that are spelled nearly like one that is in none."""

from __future__ import annotations

from rapidfuzz import fuzz, process
from sqlite_utils import Database

from storage.database.connection import execute, is_postgresql, query
from storage.normalisation import words
from storage.search.match_query import terms

_ALIKE = 75.0  # of 100
_MOST_WORDS = 20_000  # that begin with the same letter
_LEAST = 4  # letters of a word that may be misspelled


def suggestion(db: Database, question: str) -> str:
    """Return *question* with each Latin word that is nowhere replaced by the likeliest that is, or nothing."""
    replacements: dict[str, str] = {}
    for term in terms(question):
        for word in term.words:
            if word.run or len(word.text) < _LEAST or not word.text.isalpha() or _is_known(db, word.text):
                continue
            if likely := _likeliest(db, word.text):
                replacements[word.text] = likely
    if not replacements:
        return ""
    return " ".join(replacements.get(piece.casefold(), piece) for piece in question.split())


def _is_known(db: Database, word: str) -> bool:
    if is_postgresql(db):
        sql = "SELECT 1 FROM search_words WHERE string_to_array(words, ' ') @> ARRAY[:word] LIMIT 1"
        return bool(query(db, sql, word=word))
    return bool(
        query(db, "SELECT 1 FROM search_words WHERE search_words MATCH :word LIMIT 1", word=f'words : "{word}"')
    )


def _likeliest(db: Database, word: str) -> str:
    """Return the known word that is most like *word*: of those with its first letter, or words of titles."""
    rows = query(db, _vocabulary(db), first=word[0], after=chr(ord(word[0]) + 1), most=_MOST_WORDS)
    titles = query(db, "SELECT folded FROM instruments LIMIT 5000")
    candidates = {row["term"] for row in rows if row["term"].isalpha()}
    candidates |= {
        part.text for row in titles for part in words(row["folded"]) if not part.run and len(part.text) >= _LEAST
    }
    best = process.extractOne(word, candidates, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return best[0] if best else ""


def _vocabulary(db: Database) -> str:
    """Return the question for known words, those of most provisions first."""
    if is_postgresql(db):
        return _WORDS_OF_ROWS
    execute(db, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_vocabulary USING fts5vocab(main, search_words, row)")
    return _WORDS


_WORDS_OF_ROWS = """
SELECT term FROM (SELECT DISTINCT id, unnest(string_to_array(words, ' ')) AS term FROM search_words) AS said
WHERE term >= :first AND term < :after AND length(term) > 3 GROUP BY term ORDER BY count(*) DESC LIMIT :most
"""
_WORDS = """
SELECT term FROM search_vocabulary WHERE term >= :first AND term < :after AND length(term) > 3
ORDER BY doc DESC LIMIT :most
"""
