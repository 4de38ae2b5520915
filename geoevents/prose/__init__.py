"""Reports as text: sentences, tokens and quotes, with positions in the original."""

from geoevents.prose.document import Document
from geoevents.prose.quotes import Quote
from geoevents.prose.sentences import Sentence
from geoevents.prose.tokens import Token

__all__ = ["Document", "Quote", "Sentence", "Token"]
