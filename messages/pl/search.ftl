# Wyszukiwanie w gazecie: wyniki, zawężanie, podpowiedzi.

search-shortened = To więcej, niż można wyszukać naraz. Szukaliśmy początku.
search-incomplete = Archiwum jest właśnie indeksowane, od najnowszych tekstów. Starszych może tu jeszcze brakować.
search-broken = Wyszukiwanie jest chwilowo niemożliwe. Prosimy spróbować nieco później.
search-instead = „{ $query }” nie występuje w żadnym tekście. Oto wyniki dla „{ $instead }”.
search-found = { $count ->
    [one] { $count } tekst
    [few] { $count } teksty
    [many] { $count } tekstów
   *[other] { $count } tekstu
}
search-count = { $count }
search-best = Najtrafniejsze
search-newest = Od najnowszych
search-narrow = Zawęź
search-narrow-skip = Zawęź wyniki
search-chosen = Zawężono do
search-section = Dział
search-topic = Temat
search-author = Autor
search-year = Rok
search-leave = { $name }: nie zawężaj do tego
search-wide = Pokaż wszystkie wyniki
search-nearer = Trafniejsze wyniki
search-further = Kolejne wyniki
search-newer = Nowsze wyniki
search-older = Starsze wyniki
search-pages = Strony wyników
search-excerpt = Z początku tekstu:
search-filed = Przypisano do:
search-none-narrow = W tym wyborze nic nie pasuje. Usuń któryś warunek albo przeszukaj całą gazetę.
search-suggestions = Podpowiedzi
search-kind-story = Tekst
search-kind-topic = Temat
search-kind-author = Autor

search-texts = Szukaj w całych tekstach
search-texts-title = Szukaj w całych tekstach
search-texts-pitch = Znajduje słowa w dowolnym miejscu tekstów, które możesz czytać w ramach prenumeraty. Pokazuje najwyżej sto tekstów.
search-texts-lacks = Szukanie w całych tekstach jest częścią prenumeraty. Tytuły, zapowiedzi i początki może przeszukiwać każdy.
search-texts-words = Szukane słowa
search-texts-none = Żaden z tekstów, które możesz czytać, nie zawiera „{ $query }”. Spróbuj krócej albo inaczej.
search-texts-instead = Żaden z tekstów, które możesz czytać, nie zawiera „{ $query }”. Oto wyniki dla „{ $instead }”.
search-texts-open = Szukaj w tytułach i zapowiedziach
