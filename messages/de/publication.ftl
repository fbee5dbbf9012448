pub-skip = Zum Inhalt springen
pub-menu = Menü
pub-search = Suche
pub-search-label = Zeitung durchsuchen
pub-search-go = Suchen
pub-contact = Kontakt
pub-subscribe = Abonnieren
pub-account = Konto
pub-sections = Ressorts
pub-about = Die Zeitung
pub-follow = Suchen und folgen
pub-feed = Newsfeed
pub-top = Nach oben
pub-founded = Gegründet { $year }
pub-by = Von
pub-and = und
pub-comma = ,
pub-published = Veröffentlicht
pub-updated = Aktualisiert
pub-time = { $hour }.{ $tens }{ $ones } Uhr
pub-moment = { $date }, { $time }
pub-reading = { $minutes ->
    [one] { $minutes } Minute Lesezeit
   *[other] { $minutes } Minuten Lesezeit
}
pub-exclusive = Für Abonnenten
pub-sponsored = Anzeige
pub-commissioned-by = Beauftragt und bezahlt von { $sponsor }
pub-sponsored-module = Bezahlte Beiträge
pub-sponsored-about = Wie bezahlte Beiträge entstehen
pub-share = Teilen
pub-share-mail = E-Mail
pub-share-more = Weitere …
pub-give = Artikel verschenken
pub-print = Drucken
pub-corrections = { $count ->
    [one] Berichtigung
   *[other] Berichtigungen
}
pub-topics = Themen
pub-related = Weiterlesen
pub-advertisement = Anzeige
pub-advertisement-title = Platz für Ihre Anzeige
pub-advertisement-text = Hier lesen aufmerksame Menschen bis zum Schluss. Zu buchen tage- oder wochenweise.
pub-advertisement-action = Preise erfragen
pub-promotion = In eigener Sache
pub-promotion-title = Alle Artikel lesen
pub-promotion-text = Mit einem Abonnement von { $paper } lesen Sie jeden Artikel.
pub-promotion-action = Zu den Abonnements
pub-latest = Neueste Meldungen
pub-opinion = Meinung
pub-picks = Auswahl der Redaktion
pub-rivers = Aus den Ressorts
pub-topic = Thema
pub-author = Autor
pub-count = { $count ->
    [one] { $count } Artikel
   *[other] { $count } Artikel
}
pub-empty = Hier ist noch nichts erschienen.
pub-pages = Seiten
pub-newer = Neuere Artikel
pub-older = Ältere Artikel
pub-page-of = Seite { $page } von { $pages }
pub-search-for = Suche nach „{ $query }“
pub-search-hint = Suchen Sie nach einem Wort aus Überschrift oder Vorspann, nach Autor oder Thema.
pub-search-none = Zu „{ $query }“ wurde nichts gefunden. Versuchen Sie es mit weniger Wörtern oder mit einem anderen Wort.
pub-search-count = { $count ->
    [one] { $count } Artikel zu „{ $query }“
   *[other] { $count } Artikel zu „{ $query }“
}
pub-search-cut = Das sind die { $shown } besten Treffer. Ein weiteres Wort grenzt sie ein.
pub-missing-title = Diese Seite gibt es nicht
pub-missing-text = Vielleicht ist die Adresse falsch geschrieben, oder der Artikel ist umgezogen. Suchen Sie danach, oder beginnen Sie mit den neuesten Meldungen.
