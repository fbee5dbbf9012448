shop-name = { shop-kind }
shop-kind = { $kind ->
    [bundle] Druk i wydanie cyfrowe
    [print] Wydanie drukowane
    [story] Ten artykuł
    [pass] Całość na pewien czas
    [gift] Prenumerata na prezent
    [team] Prenumerata zespołowa
   *[digital] Wydanie cyfrowe
}
shop-benefit = { $grant ->
    [read] { prompt-benefit-stories }
    [apps] { prompt-benefit-apps }
    [print] { prompt-benefit-print }
   *[other] { $grant }
}
shop-benefit-story = Ten artykuł na wszystkich Twoich urządzeniach
shop-once-ends = Kończy się samo.
shop-once-good = Na zawsze.
shop-each = za każdego czytelnika

shop-title = Prenumerata { $publication }
shop-pitch = Wybierz to, co Ci odpowiada. Czytać możesz od razu.
shop-choose = Wybierz
shop-choose-gift = Podaruj
shop-group-once = Bez prenumeraty
shop-group-team = Dla kilku czytelników
shop-group-gift = Na prezent
shop-badge = { $audience ->
    [lapsed] Witamy ponownie
    [registered] Dla zarejestrowanych
    [subscribers] Dla prenumeratorów
   *[new] Dla nowych czytelników
}
shop-badge-code = Z Twoim kodem
shop-badge-nearest = Najbliższa tamtej
shop-currency = Ceny w walucie
shop-code-open = Mam kod
shop-code-button = Użyj kodu
shop-code-wrong = Żadna oferta nie ma teraz takiego kodu. Sprawdź, czy jest dobrze wpisany; kody też tracą ważność.
shop-none = W tej chwili nic tu nie sprzedajemy.
shop-none-here = W tej walucie nic nie sprzedajemy.
shop-signed-out = Masz już prenumeratę?
shop-redeem-link = Masz prenumeratę w prezencie?
shop-current = Masz już prenumeratę.
shop-your-account = Twoje konto

shop-gone-over = Ta oferta skończyła się { $day }.
shop-gone-ahead = Ta oferta zaczyna się { $day }.
shop-gone-unknown = Tej oferty już nie ma.
shop-gone-others = Ta oferta jest dla innych czytelników.
shop-gone-used-up = Ta oferta została wyczerpana.
shop-gone-had = Ta oferta była już wykorzystana na tym koncie.
shop-gone-currency = Tej oferty nie sprzedajemy w tej walucie.
shop-gone-free = Nic nie zostało pobrane.

shop-checkout = { $kind ->
    [gift] Podaruj prenumeratę
    [once] Kup dostęp
   *[subscription] Zamów prenumeratę
}
shop-account-title = Najpierw konto
shop-account-pitch = Na nim zostaje to, co kupisz. Zaraz tu wrócisz.
shop-summary = Co otrzymasz
shop-other-offer = Inna oferta
shop-today = Dziś
shop-nothing = Nic
shop-tax = W tym { $amount } podatku ({ $rate })
shop-tax-reversed = Nie doliczamy podatku: jako firma z zagranicy rozliczasz go samodzielnie.
shop-from = Od { $day }: { $what }
shop-times = { $rate }, liczba płatności: { $count }
shop-terms = Prostymi słowami
shop-term-renews = Odnawia się, dopóki z niej nie zrezygnujesz. Zrezygnować możesz w każdej chwili na swoim koncie i czytać do końca opłaconego okresu.
shop-term-ends = Kończy się samo { $day }. Potem nic nie pobieramy.
shop-term-good = Masz to na zawsze. Potem nic nie pobieramy.
shop-term-remind = { $days ->
    [one] Dzień przed końcem okresu próbnego napiszemy do Ciebie.
   *[other] { $days } dni przed końcem okresu próbnego napiszemy do Ciebie.
}
shop-term-rise = { $days ->
    [one] Wyższą cenę zapowiemy dzień wcześniej.
   *[other] Wyższą cenę zapowiemy { $days } dni wcześniej.
}
shop-term-rise-asked = { $days ->
    [one] Wyższą cenę zapowiemy dzień wcześniej; będzie obowiązywać tylko za Twoją zgodą.
   *[other] Wyższą cenę zapowiemy { $days } dni wcześniej; będzie obowiązywać tylko za Twoją zgodą.
}
shop-term-withdraw-full = { $days ->
    [one] Możesz odstąpić od umowy w ciągu jednego dnia i odzyskać wszystko.
   *[other] Możesz odstąpić od umowy w ciągu { $days } dni i odzyskać wszystko.
}
shop-term-withdraw-part = { $days ->
    [one] Chcesz czytać od razu. Możesz odstąpić od umowy w ciągu jednego dnia i odzyskać to, czego nie wykorzystasz.
   *[other] Chcesz czytać od razu. Możesz odstąpić od umowy w ciągu { $days } dni i odzyskać to, czego nie wykorzystasz.
}
shop-term-waived = Chcesz czytać od razu i wiesz, że potem nie można już odstąpić od umowy.
shop-term-gift = Kod wysyłamy zaraz po zapłacie. Można go wykorzystać w ciągu: { $length }.
shop-term-gift-once = Płacisz raz, dziś. Nic się nie odnawia.
shop-consent = Zgadzam się na te warunki.
shop-consent-missing = Zaznacz to pole, żeby przejść dalej.
shop-changed = Kwoty lub warunki są inne niż przedtem. Przejrzyj je jeszcze raz; nic nie zostało pobrane.

shop-you = O Tobie
shop-country = Kraj
shop-country-hint = Zależy od niego podatek.
shop-country-missing = Wybierz kraj.
shop-business = Kupuję dla firmy
shop-business-name = Nazwa firmy
shop-business-street = Ulica i numer
shop-business-city = Kod pocztowy i miejscowość
shop-vat = Numer VAT
shop-vat-hint = Bez niego doliczamy podatek jak każdemu.
shop-vat-wrong = To nie jest numer VAT wybranego kraju. Sprawdź go albo pomiń.
shop-seats = Dla ilu czytelników
shop-seats-hint = Od { $least } do { $most }.
shop-seats-wrong = Wpisz liczbę od { $least } do { $most }.
shop-update = Pokaż nowe kwoty
shop-post = Dokąd dostarczać
shop-post-name = Nazwisko na skrzynce
shop-post-street = Ulica i numer
shop-post-more = Piętro, u kogo
shop-post-city = Miejscowość
shop-post-region = Województwo lub stan
shop-post-code = Kod pocztowy
shop-too-long = Liczba znaków: najwyżej { $most }.
shop-line-wrong = Wpisz to w jednym wierszu, bez znaków specjalnych.
shop-gift-who = Dla kogo
shop-gift-to = Imię i nazwisko
shop-gift-mail = Adres e-mail obdarowanej osoby
shop-gift-mail-hint = Zostaw puste, jeśli chcesz wręczyć kod osobiście.
shop-gift-from = Twoje imię, takie jak na karcie
shop-gift-words = Kilka słów
shop-method = Jak płacisz
shop-method-known = { $card }, ważna do { $until }
shop-method-new = Inna karta
shop-method-missing = Wybierz kartę.
shop-card-number = Numer karty
shop-card-expires = Ważna do (miesiąc/rok)
shop-card-code = Kod zabezpieczający
shop-card-sandbox = Tu nie płyną pieniądze: to środowisko testowe. Nigdy nie wpisuj prawdziwej karty. Działa 4242 4242 4242 4242 z dowolną przyszłą datą i dowolnym kodem.
shop-card-number-wrong = Środowisko testowe przyjmuje tylko własne numery, na przykład 4242 4242 4242 4242.
shop-card-expires-wrong = Wpisz miesiąc i rok, na przykład 05/30, karty, która jest jeszcze ważna.
shop-card-code-wrong = Wpisz trzy lub cztery cyfry.
shop-card-stripe = Twoja karta
shop-card-stripe-hint = Numer trafia do Stripe i tam zostaje. My go nie widzimy.
shop-card-script = Kartę wpisuje się za pomocą skryptu Stripe. Zezwól na skrypty na tej stronie i załaduj ją ponownie.
shop-card-failed = Nie udało się wpisać karty. Sprawdź ją albo użyj innej.
shop-card-many = Było bardzo wiele prób. Odczekaj kilka minut i spróbuj ponownie; nic nie zostało pobrane.
shop-card-loading = Pole karty się ładuje…
shop-pay = Zamawiam z obowiązkiem zapłaty: { $amount }
shop-pay-later = Zamawiam, dziś nic nie płacę
shop-pay-once = Kupuję z obowiązkiem zapłaty: { $amount }
shop-pay-nothing = Zaczynam

shop-declined = { $reason ->
    [insufficient_funds] Na karcie jest za mało pieniędzy. Użyj innej.
    [card_expired] Karta straciła ważność. Użyj innej.
    [card_blocked] Karta jest zablokowana. Zapytaj w banku albo użyj innej.
    [authentication_failed] Płatność nie została potwierdzona w banku. Spróbuj jeszcze raz albo użyj innej karty.
    [provider_error] Teraz się nie udało. Spróbuj za chwilę.
    [voided] Płatność została odwołana. Spróbuj jeszcze raz.
    [never_answered] Nikt nam nie powiedział, co się z nią stało. Zanim spróbujesz ponownie, sprawdź, czy pieniądze nie zostały pobrane.
   *[refused] Bank odmówił i nie podał powodu. Zapytaj w banku albo użyj innej karty.
}
shop-declined-title = Płatność się nie powiodła
shop-kept-many = { $minutes ->
    [one] To za wiele prób. Wpisane dane są nadal na stronie: poczekaj minutę i wyślij je jeszcze raz. Kartę trzeba wpisać ponownie.
    [few] To za wiele prób. Wpisane dane są nadal na stronie: poczekaj { $minutes } minuty i wyślij je jeszcze raz. Kartę trzeba wpisać ponownie.
   *[other] To za wiele prób. Wpisane dane są nadal na stronie: poczekaj { $minutes } minut i wyślij je jeszcze raz. Kartę trzeba wpisać ponownie.
}
shop-kept-old = Nic nie zostało zrobione: strona była otwarta zbyt długo albo w międzyczasie nastąpiło zalogowanie lub wylogowanie. Wpisane dane są nadal na stronie; sprawdź je i wyślij jeszcze raz. Kartę trzeba wpisać ponownie.

shop-has-title = To już masz
shop-has = Obejmuje to Twoja prenumerata. Możesz ją zmienić na swoim koncie.
shop-used-title = Ten formularz był już użyty
shop-used = Został wysłany w innej sprawie. Otwórz ofertę jeszcze raz.
shop-story-title = Tego artykułu nie sprzedajemy osobno
shop-story-missing = Otwórz artykuł, który chcesz przeczytać, i tam wybierz zakup.

shop-welcome-title = Witamy w { $publication }
shop-welcome = Wszystko stoi teraz otworem. Potwierdzenie jest w drodze na Twój adres.
shop-welcome-free = Wszystko stoi teraz otworem. Warunki wysłaliśmy na Twój adres.
shop-welcome-once = Dostęp jest otwarty. Potwierdzenie jest w drodze na Twój adres.
shop-welcome-team = Zaproś teraz swoich czytelników na stronie konta. Potwierdzenie jest w drodze na Twój adres.
shop-welcome-delivered = To już Twoje. Szczegóły zakupu wysłaliśmy Ci mailem.
shop-welcome-story = Wróć do czytania
shop-welcome-home = Na stronę główną
shop-gift-done-title = Dziękujemy: prezent jest opłacony
shop-gift-done = Kod jest w drodze pocztą elektroniczną, a potwierdzenie do Ciebie.
shop-gift-done-self = Kod i potwierdzenie są w drodze na Twój adres, żeby można go było wręczyć.
shop-gift-code = Kod prezentu:
shop-gift-mailed = Wysyłamy go na adres { $mail }. Jeśli jest w nim błąd albo nic nie dotrze, przekaż kod samodzielnie.
shop-wait-title = Płatność jest w toku
shop-wait = Czekamy na wiadomość. Nie musisz nic robić: ta strona sama sprawdza, a nic nie zostanie pobrane dwa razy.
shop-wait-again = Sprawdź teraz
shop-wait-leave = Możesz też zamknąć tę stronę. Napiszemy do Ciebie, gdy tylko będzie wiadomo, co się z nią stało.
shop-bank-title = Potwierdź płatność
shop-bank-sandbox = Ta strona udaje Twój bank. { $publication } prosi o { $amount }.
shop-bank-yes = Potwierdź płatność
shop-bank-no = Nie płać
shop-bank-other = Zapłać inną kartą
shop-bank-stripe = Bank prosi o potwierdzenie kwoty { $amount }. Jego okno otworzy się po naciśnięciu przycisku.
shop-again = Spróbuj jeszcze raz
shop-otherwise = { $how ->
    [past_due] Ostatnia płatność się nie powiodła. Na razie wszystko pozostaje dostępne; na swoim koncie zobaczysz, do kiedy, i możesz zapłacić.
    [paused] Prenumerata jest wstrzymana. Możesz ją wznowić na swoim koncie.
    [redeemed] Prezent został odebrany. Dziękujemy, że go dajesz.
    [gift_ended] Tego prezentu nie można już odebrać. Szczegóły znajdziesz na swoim koncie.
   *[ended] To już się zakończyło. Płatności i faktury znajdziesz na swoim koncie.
}
shop-over-title = Ten zakup jest zamknięty
shop-over = Nie można go już opłacić. Nic nie zostało pobrane; możesz zacząć od nowa.

shop-redeem-title = Odbierz prezent
shop-redeem-pitch = Kod jest na karcie albo w otrzymanej wiadomości.
shop-redeem-code = Kod prezentu
shop-redeem-button = Zobacz
shop-redeem-take = Odbierz prezent
shop-redeem-for = Dla: { $name }
shop-redeem-from = Od: { $name }
shop-redeem-unknown = Żaden prezent nie ma takiego kodu. Sprawdź, czy jest dobrze wpisany.
shop-redeem-replaced = Ten kod został zastąpiony: prezent wysłano ponownie na inny adres. O nowy kod zapytaj osobę, która go podarowała.
shop-redeem-redeemed = Ten prezent został już odebrany. Kod działa raz.
shop-redeem-unpaid = Ten prezent nie jest jeszcze opłacony. Spróbuj później albo zapytaj osobę, która go dała.
shop-redeem-over = Tego prezentu nie można już odebrać. Zapytaj osobę, która go dała.
shop-redeem-account = Prezent jest przypisany do konta. Konto jest bezpłatne, a Ty zaraz tu wrócisz.
shop-redeem-free = Nic nie płacisz i nic się nie odnawia.
shop-redeem-has = Masz już to, co daje ten prezent. Kod jest ważny do { $day }: użyj go, gdy skończy się to, co masz, albo przekaż go dalej.
