pub-skip = Przejdź do treści
pub-menu = Menu
pub-search = Szukaj
pub-search-label = Szukaj w gazecie
pub-search-go = Szukaj
pub-contact = Kontakt
pub-subscribe = Prenumerata
pub-account = Konto
pub-sections = Działy
pub-about = Gazeta
pub-follow = Szukaj i obserwuj
pub-top = Na górę strony
pub-founded = Rok założenia { $year }
pub-by = Tekst:
pub-and = i
pub-comma = ,
pub-published = Opublikowano
pub-updated = Zaktualizowano
pub-time = { $hour }.{ $tens }{ $ones }
pub-moment = { $date }, { $time }
pub-reading = { $minutes ->
    [one] { $minutes } minuta czytania
    [few] { $minutes } minuty czytania
   *[other] { $minutes } minut czytania
}
pub-exclusive = Dla prenumeratorów
pub-sponsored = Artykuł sponsorowany
pub-commissioned-by = Na zlecenie i za pieniądze: { $sponsor }
pub-sponsored-module = Artykuły sponsorowane
pub-sponsored-about = Jak powstają artykuły sponsorowane
pub-share = Udostępnij
pub-share-mail = E-mail
pub-share-more = Inne sposoby…
pub-give = Podaruj artykuł
pub-print = Drukuj
pub-corrections = { $count ->
    [one] Sprostowanie
   *[other] Sprostowania
}
pub-topics = Tematy
pub-related = Czytaj dalej
pub-advertisement = Reklama
pub-advertisement-title = Miejsce na ogłoszenie
pub-advertisement-text = Tu zaglądają ludzie, którzy czytają do końca. Miejsce można zająć na dzień albo na tydzień.
pub-advertisement-action = Zapytaj o cennik
pub-promotion = Od redakcji
pub-promotion-title = Wszystkie artykuły
pub-promotion-text = Z prenumeratą { $paper } przeczytasz każdy artykuł.
pub-promotion-action = Zobacz prenumeraty
pub-latest = Najnowsze
pub-opinion = Opinie
pub-picks = Redakcja poleca
pub-rivers = Według działów
pub-topic = Temat
pub-author = Autor
pub-count = { $count ->
    [one] { $count } artykuł
    [few] { $count } artykuły
   *[other] { $count } artykułów
}
pub-empty = Nic się tu jeszcze nie ukazało.
pub-pages = Strony
pub-newer = Nowsze artykuły
pub-older = Starsze artykuły
pub-page-of = Strona { $page } z { $pages }
pub-search-for = Szukane: „{ $query }”
pub-search-hint = Wpisz słowo z tytułu lub zapowiedzi, nazwisko autora albo temat.
pub-search-none = Dla „{ $query }” niczego nie znaleziono. Spróbuj krócej albo inaczej.
pub-search-count = { $count ->
    [one] { $count } artykuł dla „{ $query }”
    [few] { $count } artykuły dla „{ $query }”
   *[other] { $count } artykułów dla „{ $query }”
}
pub-missing-title = Nie ma takiej strony
pub-missing-text = Adres może zawierać błąd albo artykuł został przeniesiony. Wyszukaj go lub zacznij od najnowszych.

pub-language = Polski
pub-read-in = Czytaj po polsku
pub-series = Cykl
pub-part = Część { $part } z { $parts }
pub-part-number = Część { $part }
pub-part-previous = Poprzednia część
pub-part-next = Następna część
pub-parts = { $count ->
    [one] { $count } część
    [few] { $count } części
   *[other] { $count } części
}
pub-parts-so-far = Dotąd { $count } z { $parts } części
pub-next = Następny artykuł
pub-size = Wielkość tekstu
pub-size-small = Mały tekst
pub-size-usual = Zwykły tekst
pub-size-large = Duży tekst
pub-size-largest = Największy tekst
pub-copy = Kopiuj odnośnik
pub-copied = Odnośnik został skopiowany.
pub-most-read = Najczęściej czytane
pub-archive = Archiwum
pub-archive-day = Wszystkie artykuły z tego dnia: { $count }
pub-span = od { $from } do { $to }
pub-earlier = Wcześniej tego dnia
pub-later = Później tego dnia
pub-years = Lata
pub-write-to = Adres e-mail:
pub-corrections-page = Sprostowania
pub-corrections-text = Co napisaliśmy błędnie i kiedy to sprostowaliśmy. Sprostowanie znajduje się także pod artykułem.
pub-corrections-tell = Zgłoś błąd
pub-corrections-all = Wszystkie sprostowania
pub-corrections-none = Jak dotąd niczego nie trzeba było prostować.
pub-gone-title = Ten artykuł został wycofany
pub-gone-text = Był tu do { $date } i już go nie ma.
