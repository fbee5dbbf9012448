# Die Suche in der Zeitung: Treffer, ihre Auswahl, Vorschläge.

search-shortened = Das war mehr, als eine Suche aufnimmt. Gesucht wurde nach dem Anfang.
search-incomplete = Das Archiv wird gerade erschlossen, die neuesten Artikel zuerst. Ältere fehlen hier vielleicht noch.
search-broken = Die Suche ist im Moment nicht möglich. Bitte versuchen Sie es etwas später noch einmal.
search-instead = „{ $query }“ steht in keinem Artikel. Das sind die Treffer für „{ $instead }“.
search-found = { $count ->
    [one] { $count } Artikel
   *[other] { $count } Artikel
}
search-count = { $count }
search-best = Beste Treffer
search-newest = Neueste zuerst
search-narrow = Eingrenzen
search-narrow-skip = Treffer eingrenzen
search-chosen = Eingegrenzt auf
search-section = Ressort
search-topic = Thema
search-author = Autor
search-year = Jahr
search-leave = { $name }: nicht mehr darauf eingrenzen
search-wide = Alle Treffer zeigen
search-nearer = Bessere Treffer
search-further = Weitere Treffer
search-newer = Neuere Treffer
search-older = Ältere Treffer
search-pages = Trefferseiten
search-excerpt = Aus dem Anfang:
search-filed = Abgelegt unter:
search-none-narrow = In dieser Auswahl passt nichts. Lassen Sie etwas weg, oder durchsuchen Sie die ganze Zeitung.
search-suggestions = Vorschläge
search-kind-story = Artikel
search-kind-topic = Thema
search-kind-author = Autor

search-texts = In ganzen Artikeln suchen
search-texts-title = In ganzen Artikeln suchen
search-texts-pitch = Findet Wörter an jeder Stelle der Artikel, die Sie mit Ihrem Abonnement lesen dürfen. Gezeigt werden höchstens hundert Artikel.
search-texts-lacks = Die Suche in ganzen Artikeln gehört zu einem Abonnement. Überschriften, Vorspänne und Anfänge kann jeder durchsuchen.
search-texts-words = Gesuchte Wörter
search-texts-none = In keinem Artikel, den Sie lesen dürfen, steht „{ $query }“. Versuchen Sie es mit weniger Wörtern oder mit einem anderen Wort.
search-texts-instead = In keinem Artikel, den Sie lesen dürfen, steht „{ $query }“. Das sind die Treffer für „{ $instead }“.
search-texts-open = Überschriften und Vorspänne durchsuchen
