subscription-title = Twoje prenumeraty
subscription-none = Nie masz prenumeraty.
subscription-offers = Zobacz wszystkie oferty
subscription-more = Twoje konto
subscription-group-paying = Płatność i faktury
subscription-group-giving = Prezenty i oferty
subscription-group-you = Ty i Twoje dane
subscription-redeem = Odbierz prezent
subscription-to-account = Wróć do konta
subscription-gives = Co obejmuje
subscription-gifts = Kupione prezenty
subscription-gift-links = Podaruj artykuły znajomym

subscription-state = { $state ->
    [active] Aktywna
    [trial] Okres próbny
    [trouble] Potrzebna płatność
    [paused] Wstrzymana
    [ending] Wkrótce się kończy
    [ended] Zakończona
   *[unpaid] Jeszcze nieopłacona
}
subscription-renews = Opłacona do { $day }. Potem się odnawia.
subscription-trial = Za darmo do { $day }. Potem trwa dalej, jak podano niżej.
subscription-trial-ends = Za darmo do { $day }. Kończy się sama i nic nie zostanie pobrane.
subscription-ending = Prenumerata jest wypowiedziana. Możesz czytać do { $day }; nic więcej nie pobierzemy.
subscription-expires = Twoja do { $day }. Kończy się sama; nie trzeba nic wypowiadać.
subscription-for-good = Twoja na zawsze.
subscription-given = Prezent od { $publication }, do odwołania.
subscription-given-until = Prezent od { $publication }, do { $day }.
subscription-gift = Ktoś Ci ją podarował.
subscription-no-method = Opłacona do { $day }. Nie ma czym płacić później, więc wtedy się skończy. Dodaj metodę płatności, aby czytać dalej.
subscription-price-ends = Nie ma zgody na wyższą cenę, więc prenumerata kończy się po { $day }. Możesz jeszcze zmienić zdanie.
subscription-unpaid = Pierwsza płatność wciąż czeka. Zapłać do { $day }, inaczej wygaśnie sama.
subscription-grace = Możesz czytać do { $day }, dopóki płatność czeka.
subscription-paused = Wstrzymana. Wznowi się sama { $day }; do tego czasu nic nie pobieramy.
subscription-paused-ending = Wstrzymana do { $day } i wypowiedziana: skończy się, gdy wykorzystasz to, co opłacone.
subscription-ended = Zakończona { $day }. { $why ->
    [cancelled] Została przez Ciebie wypowiedziana.
    [trial] Okres próbny minął.
    [unpaid] Nigdy jej nie opłacono.
    [failed] Płatność się nie powiodła.
    [price] Nie było zgody na wyższą cenę.
    [withdrawn] Nastąpiło odstąpienie od umowy.
    [refunded] Pieniądze zostały zwrócone.
    [bank] Bank cofnął płatność.
    [revoked] { $publication } ją zakończyło.
   *[expired] Jej czas minął.
}
subscription-seat = Masz w niej miejsce; płaci ktoś inny.
subscription-seat-until = Masz w niej miejsce do { $day }; płaci ktoś inny.
subscription-seat-ended = Twoje miejsce w niej było ważne do { $day }.
subscription-seat-own = Tę prenumeratę opłacasz Ty. Aby też czytać, zajmij w niej miejsce.
subscription-seat-domain = Twój pracodawca ({ $domain }) daje Ci w niej miejsce. Nic Cię nie kosztuje.
subscription-seat-domain-full = Twój pracodawca ({ $domain }) Ci ją daje, ale wszystkie miejsca są zajęte. Poproś o miejsce osobę, która się tym zajmuje.
subscription-change-then = Od tej chwili będzie to { $name } za { $rate }.
subscription-change-paid = Zmieni się na { $name } za { $rate }, gdy tylko różnica zostanie opłacona.
subscription-rise = Od { $day } kosztuje { $rate } zamiast { $old }. { $answer ->
    [accepted] Jest Twoja zgoda.
    [refused] Nie ma Twojej zgody.
    [accepts] Brak odpowiedzi oznacza zgodę.
   *[refuses] Bez Twojej odpowiedzi skończy się wcześniej.
}

subscription-pay-failed = { $reason ->
    [insufficient_funds] Płatność { $amount } nie powiodła się: na koncie zabrakło środków. Zapłać inną kartą albo spróbuj ponownie.
    [card_expired] Płatność { $amount } nie powiodła się: karta straciła ważność. Zapłać inną kartą.
    [card_blocked] Płatność { $amount } nie powiodła się: karta jest zablokowana. Zapłać inną kartą.
    [authentication_failed] Płatność { $amount } nie została potwierdzona w banku. Spróbuj ponownie.
    [refused] Bank odrzucił płatność { $amount } i nie podał powodu. Zapłać inną kartą albo zapytaj w banku.
   *[unknown] Płatność { $amount } nie powiodła się. Spróbuj ponownie albo zapłać inną kartą.
}
subscription-pay-button = Zapłać { $amount }
subscription-pay-then = Wybrana karta zapłaci teraz, a także późniejsze płatności.
subscription-pay-if-it-fails = Jeśli trwająca płatność się nie powiedzie, zapłaci ją wybrana karta, a także późniejsze płatności.
subscription-card-then = Wybrana karta zapłaci od następnej płatności. Dziś nic nie pobieramy.
subscription-pay-again = Spróbujemy ponownie { $day }.
subscription-pay-waiting = Płatność { $amount } jest w toku. Nie musisz nic robić.
subscription-pay-confirm = Bank prosi o potwierdzenie płatności { $amount }.
subscription-change-confirm = Jeśli nie potwierdzisz jej do { $day }, plan pozostanie bez zmian.
subscription-pay-calling-off = Płatność { $amount }, o którą pyta bank, jest odwoływana.

subscription-row-plan = Cena
subscription-row-next = Następna płatność
subscription-row-card = Metoda płatności
subscription-row-address = Adres dostawy
subscription-row-seats = Miejsca
subscription-next = { $amount }, { $day }
subscription-card = { $card }, ważna do { $until }
subscription-seats-taken = Zajęte: { $taken } z { $seats }

subscription-do = { $what ->
    [pay] Zapłać teraz
    [pay-other] Zapłać inną kartą
    [resume] Wznów
    [keep] Zachowaj prenumeratę
    [price] Odpowiedz na nową cenę
    [keep-plan] Zachowaj obecny plan
    [change] Zmień plan
    [seats] Zarządzaj miejscami
    [address] Zmień adres dostawy
    [card] Zmień metodę płatności
    [pause] Wstrzymaj
    [cancel] Wypowiedz
    [withdraw] Odstąp od umowy
   *[again] Zamów ponownie
}
subscription-ask-title = { $what ->
    [pay] Płatność: { $name }
    [card] Metoda płatności: { $name }
    [cancel] Wypowiedzenie: { $name }
    [keep] Zachowanie: { $name }
    [pause] Wstrzymanie: { $name }
    [resume] Wznowienie: { $name }
    [keep-plan] Bez zmian: { $name }
    [price] Nowa cena: { $name }
   *[withdraw] Odstąpienie od umowy: { $name }
}
subscription-ask-button = { $what ->
    [card] Płać nią od teraz
    [cancel] Wypowiedz prenumeratę
    [keep] Zachowaj prenumeratę
    [pause] Wstrzymaj dzisiaj
    [resume] Wznów dzisiaj
    [keep-plan] Zachowaj obecny plan
    [price] Zgadzam się
   *[withdraw] Odstąp od umowy
}
subscription-done = { $what ->
    [pay] Dziękujemy. Zapłacono, prenumerata trwa dalej.
    [card] Od teraz płatności idą z wybranej karty.
    [address] Od teraz dostarczamy pod ten adres.
    [cancel-then] Prenumerata jest wypowiedziana. Możesz czytać do { $day }.
    [cancel] Prenumerata zakończyła się zgodnie z życzeniem.
    [keep] Prenumerata trwa dalej.
    [pause] Prenumerata jest wstrzymana. Wznowi się sama { $day }.
    [resume] Witamy ponownie. Prenumerata trwa dalej.
    [change] Plan został zmieniony.
    [unchanged] Płatność się nie powiodła. Plan pozostaje bez zmian.
    [change-then] Plan zmieni się { $day }.
    [keep-plan] Wszystko zostaje bez zmian.
    [price] Dziękujemy za zgodę na nową cenę.
    [price-refused] Nie ma Twojej zgody na nową cenę. Dopóki nie zacznie obowiązywać, możesz zmienić zdanie.
   *[withdraw] Odstąpienie od umowy przyjęte. Prenumerata jest zakończona.
}

subscription-cancel-until = Możesz czytać do { $day }, do końca opłaconego czasu. Potem nic więcej nie pobierzemy.
subscription-cancel-now = Kończy się od razu, bo nic nie jest już opłacone. Nic więcej nie pobierzemy.
subscription-cancel-paused = To, co opłacone i niewykorzystane, zostaje Twoje po przerwie; potem prenumerata się kończy. Nic więcej nie pobierzemy.
subscription-cancel-waiting = Płatność jest w toku. Jeśli się powiedzie, możesz czytać do końca opłaconego czasu; jeśli nie, prenumerata kończy się od razu. Nic więcej nie pobierzemy.
subscription-cancel-back = Do tego czasu możesz zmienić zdanie.
subscription-cancel-why = Dlaczego odchodzisz?
subscription-cancel-reason = { $reason ->
    [price] Kosztuje za dużo
    [time] Brakuje mi czasu na czytanie
    [content] To nie jest to, co chcę czytać
    [technical] Coś nie działa, jak powinno
    [competitor] Czytam teraz coś innego
   *[other] Inny powód
}
subscription-cancel-words = Chcesz nam powiedzieć więcej?
subscription-stay-title = Zanim odejdziesz
subscription-stay-button = Zobacz tę ofertę

subscription-address-title = Adres dostawy
subscription-address-says = Dostarczamy pod ten adres. Zmiana obowiązuje od razu.
subscription-keep-plan-calls-off = Płatność, o którą pyta bank, zostanie odwołana.
subscription-goes-on = Trwa dalej jak dotąd.
subscription-goes-on-paid = Trwa dalej jak dotąd. { $day } pobierzemy { $amount }: { $card }.
subscription-pause-says = Zostanie wstrzymana od tej chwili. W tym czasie nie możesz czytać i nic nie pobieramy.
subscription-pause-left = { $count ->
    [one] Opłacony jest jeszcze { $count } dzień. Wykorzystasz go po przerwie.
    [few] Opłacone są jeszcze { $count } dni. Wykorzystasz je po przerwie.
   *[other] Opłaconych jest jeszcze { $count } dni. Wykorzystasz je po przerwie.
}
subscription-pause-day = Którego dnia ma się wznowić?
subscription-pause-day-hint = Najpóźniej { $day }. Wznowić wcześniej możesz w każdej chwili.
subscription-resume-says = Możesz od razu czytać. Opłacony czas trwa do { $day }.
subscription-price-refuse = Nie zgadzam się
subscription-price-refusing = Bez Twojej zgody czytasz do { $day } po starej cenie; potem prenumerata się kończy.
subscription-withdraw-says = Kończy się od razu i nie możesz już czytać.
subscription-withdraw-back = Zwrócimy { $amount } tą samą drogą, którą wpłynęła płatność.
subscription-withdraw-nothing = Nie ma nic do zwrotu: nic nie zapłacono albo wszystko zostało wykorzystane.
subscription-withdraw-until = To prawo przysługuje do { $day }.

subscription-gifts-pitch = Kod prezentu został wysłany e-mailem po opłaceniu.
subscription-gifts-none = Nie masz kupionych prezentów.
subscription-gift-state = { $state ->
    [ready] Do wykorzystania
    [redeemed] Wykorzystany
    [ended] Zakończony
   *[unpaid] Jeszcze nieopłacony
}
subscription-gift-unpaid = Płatność wciąż czeka.
subscription-gift-lapses = Jeśli do { $day } nie zostanie zapłacony, przepadnie i nic nie pobierzemy.
subscription-gift-pay-title = Prezent, który nie jest jeszcze opłacony
subscription-gift-pay = Zapłać albo zrezygnuj
subscription-gift-give-up = Zrezygnuj z prezentu
subscription-gift-given-up = Zrezygnowano z prezentu. Nic nie pobieramy.
subscription-gift-ready = Nikt go jeszcze nie wykorzystał. Kod jest ważny do { $day }.
subscription-gift-redeemed = Ktoś już dzięki niemu czyta.
subscription-gift-ended = { $why ->
    [unpaid] Nigdy go nie opłacono.
    [refunded] Pieniądze zostały zwrócone.
    [bank] Bank cofnął płatność.
   *[expired] Nikt nie wykorzystał go na czas.
}
subscription-gift-bought = Kupiony { $day }.
subscription-gift-send-title = Wyślij prezent jeszcze raz
subscription-gift-send = Zmień adres albo wyślij ponownie
subscription-gift-send-hint = Jeśli kod trafił wcześniej pod inny adres, wysłany tam kod przestanie działać.
subscription-gift-send-button = Wyślij kod
subscription-gift-sent = Kod jest w drodze.
subscription-gift-sent-too-often = Kod wysłano tyle razy, ile można. Przekaż go osobiście.
subscription-gift-sent-not = Nie można go już wysłać. Poniżej widać, jak wygląda sytuacja.

subscription-plan-title = Inny plan
subscription-plan-now = Masz teraz: { $name }. Wybierz, co wolisz; cenę podajemy, zanim zdecydujesz.
subscription-plan-none = Nie ma innego planu, na który można zmienić Twój.
subscription-plan-at-once = Zmień od razu
subscription-plan-later = Zmień na koniec okresu
subscription-plan-to = Zmiana na: { $name }
subscription-plan-button = Zmień plan
subscription-plan-charged = Zmiana następuje od razu. Dziś pobierzemy { $amount } ({ $card }): różnicę za czas już opłacony.
subscription-plan-back = Zmiana następuje od razu. Zwrócimy { $amount } tą samą drogą, którą wpłynęła płatność: różnicę za czas już opłacony.
subscription-plan-free = Zmiana następuje od razu. Dziś nic nie pobieramy.
subscription-plan-then = Zmiana nastąpi { $day }. Do tego czasu wszystko zostaje bez zmian i dziś nic nie pobieramy.
subscription-plan-next = { $day } pobierzemy { $amount }.
subscription-plan-rate = Potem kosztuje { $rate }, aż do wypowiedzenia.
subscription-plan-changed = Od otwarcia strony zmieniła się kwota lub warunki i nic nie zostało zrobione. Sprawdź je ponownie.
subscription-plan-stays = Plan pozostaje bez zmian.

subscription-seats-title = Miejsca
subscription-seats-more = { $count ->
    [one] I jeszcze jedno.
    [few] I jeszcze { $count }.
   *[other] I jeszcze { $count }.
}
subscription-seat-waiting = Miejsce { $number }: zaproszenie wysłane, jeszcze nieprzyjęte
subscription-seat-somebody = Ktoś, kogo konto jest zamknięte
subscription-seat-free = Odbierz miejsce
subscription-seat-recall = Cofnij zaproszenie
subscription-seat-mail = Kogo chcesz zaprosić?
subscription-seats-yourself = Opłacasz je Ty. Aby też czytać, zaproś również własny adres.
subscription-seat-invite = Wyślij zaproszenie
subscription-seat-invited = Zaproszenie jest w drodze.
subscription-seat-freed = Miejsce jest wolne.
subscription-seats-open = Kto przychodzi bez zaproszenia
subscription-seats-open-how = Każdy, kto ma adres Twojej firmy, może sam zająć miejsce, a w Twojej sieci nie jest ono potrzebne. Aby to ustawić lub zmienić, napisz do { $publication }.
subscription-seat-title = Masz zaproszenie
subscription-seat-says = Ktoś trzyma w niej dla Ciebie miejsce i za nie płaci. Ciebie nic nie kosztuje.
subscription-seat-account = Miejsce jest przypisane do konta. Konto jest bezpłatne, a Ty zaraz tu wrócisz.
subscription-seat-seen = Kto płaci za miejsce, widzi adres e-mail Twojego konta tak długo, jak je zajmujesz.
subscription-seat-button = Zajmij miejsce
subscription-seat-yours-title = Miejsce jest Twoje
subscription-seat-yours = Możesz czytać od razu. Jeśli miejsce nie będzie Ci już potrzebne, oddaj je na swoim koncie.
subscription-seat-over-title = Tego zaproszenia nie można użyć
subscription-seat-leave = Oddaj miejsce
subscription-card-none = Nie zapisano żadnej karty.
subscription-payment-title = Płatność
subscription-payment-none = Nie masz niczego, za co płaci się regularnie.
subscription-payment-cards = Twoje karty
subscription-payment-until = ważna do { $until }
subscription-payment-remove = Usuń
subscription-payment-removed = Karta została usunięta.
subscription-billing-title = Dane na fakturach
subscription-billing-pitch = Od teraz drukowane na Twoich fakturach. Te, które już są, pozostają bez zmian.
subscription-billing-name = Imię i nazwisko lub nazwa firmy
subscription-billing-vat-hint = Dla firm. Sposób opodatkowania prenumeraty ustalono przy jej zamówieniu; napisz do { $publication }, jeśli ma się zmienić.
subscription-billing-done = Zapisano.
subscription-billing-forget = Usuń te dane
subscription-billing-needed = Jedna z Twoich prenumerat jest opodatkowana jak firmowa, więc jej faktury wymagają numeru VAT. Napisz najpierw do { $publication }, aby to zmienić.
subscription-billing-vat-needed = Jedna z Twoich prenumerat jest opodatkowana jak firmowa. Zachowaj numer VAT albo napisz do { $publication }.
