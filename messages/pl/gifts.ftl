prompt-gift-label = Prezent
prompt-gift = Ten artykuł podarował Ci ktoś, kto ma prenumeratę.
prompt-gift-expired = Link prezentowy wygasł.
prompt-gift-used-up = Link prezentowy otwarto już tyle razy, ile to możliwe.
prompt-gift-withdrawn = Link prezentowy już nie działa.
prompt-gift-counted = To jeden z Twoich własnych bezpłatnych artykułów.

gift-title = Podaruj artykuł
gift-pitch = Link prezentowy otwiera jeden artykuł osobom bez prenumeraty. { $days ->
    [one] Działa przez { $days } dzień; największa liczba przeglądarek: { $browsers }.
    [few] Działa przez { $days } dni; największa liczba przeglądarek: { $browsers }.
    [many] Działa przez { $days } dni; największa liczba przeglądarek: { $browsers }.
   *[other] Działa przez { $days } dnia; największa liczba przeglądarek: { $browsers }.
}
gift-left = { $left ->
    [0] Wszystkie artykuły na ten miesiąc zostały już podarowane.
    [one] W tym miesiącu można podarować jeszcze { $left } artykuł.
    [few] W tym miesiącu można podarować jeszcze { $left } artykuły.
    [many] W tym miesiącu można podarować jeszcze { $left } artykułów.
   *[other] W tym miesiącu można podarować jeszcze { $left } artykułu.
}
gift-renews = Od { $renews } limit wynosi znowu { $limit }.
gift-make = Tworzę link prezentowy
gift-again = Ten artykuł został już podarowany. Ten sam link pokażemy ponownie i nie policzymy go w tym miesiącu.
gift-made-title = Twój link prezentowy
gift-made = Wystarczy skopiować go do wiadomości. Kto go otworzy, może czytać cały artykuł do { $until }; największa liczba przeglądarek: { $browsers }.
gift-link = Link prezentowy
gift-used-up-title = Ten link otwarto tyle razy, ile można
gift-used-up = Otworzono go w tylu przeglądarkach, w ilu działa ({ $browsers }). Można w nich czytać artykuł do { $until }.
gift-open-title = Ten artykuł jest otwarty dla wszystkich
gift-open = Nie trzeba go darować. Wystarczy udostępnić jego adres.
gift-address = Adres
gift-none-left-title = W tym miesiącu nie ma już prezentów
gift-none-left = Utworzone linki działają, dopóki nie wygasną.
gift-for-subscribers-title = Linki prezentowe są dla prenumeratorów
gift-for-subscribers = Prenumerata pozwala darować artykuły innym. Limit miesięczny: { $limit }.
gift-no-story-title = Nie ma takiego artykułu
gift-no-story = Wróć do artykułu i spróbuj stamtąd jeszcze raz.
gift-not-yours-title = Tego artykułu nie można podarować
gift-not-yours = Możesz darować artykuły, które otwiera Twoja prenumerata.
gift-unusable-title = Ten link prezentowy nie działa
gift-unusable = Być może został po drodze obcięty. Poproś nadawcę o ponowne przesłanie.
gift-failed-title = To się nie udało
gift-from-elsewhere = Linki można tworzyć tylko na stronach tego serwisu. Wróć do artykułu i spróbuj stamtąd jeszcze raz.
gift-unavailable = Nie utworzono linku i niczego nie odliczono. Spróbuj ponownie za kilka minut.
