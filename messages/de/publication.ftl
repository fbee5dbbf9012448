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
pub-missing-title = Diese Seite gibt es nicht
pub-missing-text = Vielleicht ist die Adresse falsch geschrieben, oder der Artikel ist umgezogen. Suchen Sie danach, oder beginnen Sie mit den neuesten Meldungen.

pub-language = Deutsch
pub-read-in = Auf Deutsch lesen
pub-series = Serie
pub-part = Teil { $part } von { $parts }
pub-part-number = Teil { $part }
pub-part-previous = Voriger Teil
pub-part-next = Nächster Teil
pub-parts = { $count ->
    [one] { $count } Teil
   *[other] { $count } Teile
}
pub-parts-so-far = Bisher { $count } von { $parts } Teilen
pub-next = Nächster Artikel
pub-size = Schriftgröße
pub-size-small = Kleine Schrift
pub-size-usual = Gewöhnliche Schrift
pub-size-large = Große Schrift
pub-size-largest = Größte Schrift
pub-copy = Link kopieren
pub-copied = Der Link ist kopiert.
pub-most-read = Meistgelesen
pub-archive = Archiv
pub-archive-day = Alle { $count } Artikel des Tages
pub-span = { $from } bis { $to }
pub-earlier = Früher am Tag
pub-later = Später am Tag
pub-years = Jahre
pub-write-to = Schreiben Sie an:
pub-corrections-page = Berichtigungen
pub-corrections-text = Was wir falsch geschrieben und wann wir es berichtigt haben. Jede Berichtigung steht auch unter ihrem Artikel.
pub-corrections-tell = Einen Fehler melden
pub-corrections-all = Alle Berichtigungen
pub-corrections-none = Bisher war nichts zu berichtigen.
pub-gone-title = Dieser Artikel wurde zurückgezogen
pub-gone-text = Er stand bis zum { $date } hier und ist nicht mehr zu lesen.
