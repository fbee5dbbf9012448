letter-hello = Dzień dobry,
letter-hello-name = Dzień dobry, { $name },
letter-or-copy = Można też skopiować ten adres do przeglądarki:
letter-questions = Pytania? Wystarczy odpowiedzieć na tę wiadomość.
letter-why-typed = Wysłaliśmy tę wiadomość, ponieważ ktoś podał ten adres w serwisie { $publication }.
letter-why-reader = Wysłaliśmy tę wiadomość na adres konta w serwisie { $publication }.
letter-why-told = Wysłaliśmy tę wiadomość, ponieważ ktoś podał ten adres serwisowi { $publication } z myślą o Państwu.
letter-colon = :{ " " }
letter-value = { $value }
letter-joint = { " " }
letter-less = −{ $amount }
letter-span = { $from } – { $to }
letter-account-button = Przejdź do konta

letter-link-minutes = { $minutes ->
    [one] Link działa przez { $minutes } minutę i tylko raz.
    [few] Link działa przez { $minutes } minuty i tylko raz.
   *[other] Link działa przez { $minutes } minut i tylko raz.
}
letter-link-here = Działa tylko w przeglądarce, w której o niego poproszono.
letter-not-you = Jeśli to pomyłka, nie trzeba nic robić: bez linku nic się nie stanie.

letter-sign-in-title = Link do logowania
letter-sign-in = Ten link loguje do serwisu { $publication }.
letter-sign-in-button = Zaloguj się

letter-sign-up-title = Link do serwisu { $publication }
letter-sign-up = Z tym adresem nie jest jeszcze związane żadne konto. Ten link zakłada konto i loguje.
letter-sign-up-button = Załóż konto

letter-confirm-title = Prosimy potwierdzić adres
letter-confirm = Prosimy potwierdzić, że ten adres należy do Państwa. Wtedy założymy konto w serwisie { $publication }.
letter-confirm-button = Potwierdź adres

letter-already-there-title = Konto już istnieje
letter-already-there = Ktoś, zapewne Państwo, próbował założyć konto w serwisie { $publication } z tym adresem. Takie konto już istnieje; ten link do niego loguje.

letter-reset-title = Nowe hasło
letter-reset = Ten link pozwala wybrać nowe hasło do konta w serwisie { $publication }. Wszystkie urządzenia zostaną wtedy wylogowane.
letter-reset-button = Wybierz nowe hasło

letter-no-account-title = Nie ma konta z tym adresem
letter-no-account = Ktoś, zapewne Państwo, poprosił o nowe hasło w serwisie { $publication }. Z tym adresem nie jest związane żadne konto. Może użyto innego adresu; konto można też założyć teraz.
letter-no-account-button = Załóż konto

letter-closed-title = Konto jest zamknięte
letter-closed = Ktoś, zapewne Państwo, próbował zalogować się do serwisu { $publication } z tym adresem. Konto jest zamknięte; aby je otworzyć, prosimy do nas napisać.
letter-closed-not-you = Jeśli to pomyłka, nie trzeba nic robić.

letter-password-changed-title = Hasło zostało zmienione
letter-password-changed = Hasło do konta w serwisie { $publication } zostało zmienione, a wszystkie urządzenia wylogowane.
letter-password-changed-not-you = Jeśli to nie Państwo je zmienili, prosimy od razu ustawić inne: przy logowaniu wystarczy wybrać „Nie pamiętasz hasła?”.

letter-new-address-title = Prosimy potwierdzić nowy adres
letter-new-address = Prosimy potwierdzić, że ten adres należy do Państwa. Odtąd będzie służył do logowania w serwisie { $publication } i tam będziemy wysyłać wiadomości.
letter-new-address-account = Chodzi o konto { $account }. Jeśli nie należy ono do Państwa, prosimy niczego nie potwierdzać.
letter-address-changed-title = Adres został zmieniony
letter-address-changed = Konto w serwisie { $publication } ma odtąd inny adres e-mail. To ostatnia wiadomość na ten adres.
letter-address-changed-not-you = Jeśli to nie Państwo go zmienili, prosimy od razu do nas napisać.

letter-gives = Co obejmuje dostęp
letter-gives-gift = Co obejmuje prezent
letter-agreed = Na co się Państwo zgodzili
letter-row-price = Cena
letter-price-then = { $first }. { $then }
letter-row-seats = Liczba miejsc
letter-row-next = Następna opłata
letter-row-next-value = { $amount }, { $date }
letter-row-ends = Koniec
letter-row-ends-trial = Koniec okresu próbnego
letter-row-paid-until = Opłacono do
letter-row-from = Od
letter-row-retry = Następna próba
letter-row-access-until = Dostęp do
letter-row-confirm-by = Potwierdzić do
letter-row-amount = Kwota
letter-tax-added = Do cen doliczamy podatek.
letter-plus-tax = (plus podatek)

letter-welcome-title = Witamy w serwisie { $publication }
letter-welcome-paid = Dziękujemy. Prenumerata się rozpoczęła.
letter-welcome-seats = Prosimy teraz zaprosić czytelników na stronie konta. Aby czytać samemu, trzeba zaprosić również własny adres.
letter-welcome-bought = Dziękujemy. Dostęp do tego, co Państwo kupili, jest już otwarty.
letter-welcome-trial = Rozpoczął się bezpłatny okres próbny. Trwa do { $until }.
letter-welcome-gift = Podarowana Państwu prenumerata się rozpoczęła. Trwa do { $until } i kończy się sama.
letter-welcome-given = Do { $until } mogą Państwo czytać { $publication } bezpłatnie, na nasz koszt.
letter-welcome-given-open = Mogą Państwo czytać { $publication } bezpłatnie, na nasz koszt.
letter-cancel = Z prenumeraty można zrezygnować w każdej chwili na swoim koncie. Opłacony czas pozostaje do wykorzystania do końca.
letter-cancel-trial = Jeśli nie chcą Państwo kontynuować, prosimy zrezygnować na swoim koncie przed { $date }; wtedy nic nie pobierzemy.
letter-withdraw-part = Do { $date } włącznie mogą Państwo odstąpić od umowy bez podania przyczyny. Zwrócimy to, co do tego czasu nie zostanie wykorzystane.
letter-withdraw-full = Do { $date } włącznie mogą Państwo odstąpić od umowy bez podania przyczyny. Zwrócimy całą kwotę.
letter-withdraw-waived = Zażądali Państwo natychmiastowego dostępu i zgodzili się, że prawo odstąpienia od umowy tym samym wygasa.
letter-read-button = Zacznij czytać

letter-receipt-title = Potwierdzenie zapłaty: { $amount }
letter-receipt = Dziękujemy. Otrzymaliśmy płatność w wysokości { $amount }.
letter-receipt-heading = Potwierdzenie zapłaty
letter-row-invoice = Faktura
letter-row-credit-note = Faktura korygująca
letter-row-corrects = Do faktury
letter-row-date = Data
letter-row-customer = Nabywca
letter-row-seller = Sprzedawca
letter-line-seats = { $what } ({ $count ->
    [one] { $count } miejsce
    [few] { $count } miejsca
   *[other] { $count } miejsc
})
letter-line-plan = Prenumerata
letter-line-once = Dostęp
letter-line-difference = Zmiana prenumeraty, różnica
letter-line-unused = Poprzednia prenumerata, część niewykorzystana
letter-line-gift = Prenumerata na prezent
letter-net = Netto
letter-tax = Podatek ({ $rate })
letter-total = Razem
letter-reverse-charge = Podatek rozlicza nabywca (odwrotne obciążenie).
letter-invoice-button = Zobacz fakturę
letter-invoice-soon = Faktura zostanie wystawiona później; będzie dostępna na koncie.

letter-refund-title = Zwracamy { $amount }
letter-refund = Odsyłamy { $amount } tą samą drogą, którą przyszła płatność. W większości banków pieniądze docierają w ciągu dziesięciu dni.
letter-refund-withdrawal = Odstąpili Państwo od umowy.
letter-refund-plan = Nowa prenumerata kosztuje mniej, niż Państwo zapłacili.
letter-refund-surplus = Pobraliśmy pieniądze, choć nic nie było należne. Przepraszamy.
letter-credit-note-button = Zobacz fakturę korygującą
letter-refund-delayed-title = Zwrot { $amount } się opóźnia
letter-refund-delayed = Próbowaliśmy zwrócić { $amount }, ale bank lub karta nie przyjęły pieniędzy. Nadal się Państwu należą. Zajmiemy się tym i napiszemy, jeśli będziemy czegoś potrzebować.

letter-trial-ends-title = { $days ->
    [0] Okres próbny kończy się dziś
    [1] Okres próbny kończy się jutro
    [few] Okres próbny kończy się za { $days } dni
   *[other] Okres próbny kończy się za { $days } dni
}
letter-trial-charged = Bezpłatny okres próbny { $publication } kończy się { $date }. Przechodzi wtedy w prenumeratę: tego dnia pobierzemy { $amount }.
letter-trial-over = Bezpłatny okres próbny { $publication } kończy się { $date }, sam z siebie. Nic nie pobierzemy.
letter-trial-go-on = Jeśli chcą Państwo czytać dalej, prosimy wybrać prenumeratę.
letter-subscribe-button = Wybierz prenumeratę

letter-renewal-title = Prenumerata odnawia się { $date }
letter-renewal = Prenumerata { $publication } odnawia się { $date }; pobierzemy wtedy { $amount }.
letter-renewal-cancel = Jeśli Państwo tego nie chcą, prosimy zrezygnować na swoim koncie przed tym dniem.

letter-rise-title = Nowa cena od { $date }
letter-rise = Cena Państwa prenumeraty { $publication } zmienia się { $date }.
letter-row-old-price = Cena do tego dnia
letter-row-new-price = Nowa cena
letter-rise-silence-accepts = Brak odpowiedzi oznacza zgodę: nową cenę pobierzemy po raz pierwszy { $date }. Jeśli Państwo odmówią, prenumerata skończy się tego dnia i nic więcej nie pobierzemy.
letter-rise-silence-refuses = Nowa cena obowiązuje tylko za Państwa zgodą. Brak odpowiedzi oznacza, że prenumerata skończy się { $date } i nic więcej nie pobierzemy.
letter-rise-accept-button = Zgoda na nową cenę
letter-rise-refuse = Nie zgadzam się na nową cenę

letter-failed-title = Płatność nie powiodła się
letter-failed = Nie udało się pobrać płatności za prenumeratę { $publication }.
letter-failed-funds = Na rachunku nie było wystarczających środków.
letter-failed-expired = Karta straciła ważność.
letter-failed-blocked = Karty nie można już używać.
letter-failed-unconfirmed = Płatność nie została potwierdzona w banku.
letter-failed-refused = Bank odmówił i nie podał przyczyny.
letter-failed-again = Jeśli to był wyjątek, nie trzeba nic robić: spróbujemy ponownie. Jeśli ma to być inna karta, prosimy ją zmienić.
letter-failed-final = Tej karty nie będziemy już próbować. Prosimy podać inną do { $until }; w przeciwnym razie prenumerata się skończy.
letter-failed-purchase = Nie udało się pobrać płatności za zakup w { $publication }.
letter-failed-plan = Nie udało się pobrać płatności za zmianę planu w { $publication }.
letter-failed-plan-stays = Plan pozostaje bez zmian. Jeśli pieniądze jednak pobrano, zwrócimy je.
letter-failed-nothing = Nic się nie rozpoczęło i niczego nie pobrano. Można spróbować ponownie, także inną kartą.
letter-failed-unknown = Nic się nie rozpoczęło. Nikt nam nie powiedział, co się stało z płatnością: przed ponowną próbą prosimy sprawdzić, czy pieniądze nie zostały pobrane. Jeśli mimo to do nas dotrą, zwrócimy je.
letter-card-button = Zmień kartę
letter-purchase-button = Zobacz zakup

letter-bank-title = Prosimy potwierdzić płatność
letter-bank = Bank prosi, aby płatność za prenumeratę { $publication } potwierdzili Państwo osobiście. Do tego czasu pozostaje nieopłacona.
letter-bank-purchase = Bank prosi, aby płatność za zakup w { $publication } potwierdzili Państwo osobiście. Do tego czasu pozostaje nieopłacona i nic się nie rozpoczyna.
letter-bank-button = Potwierdź płatność

letter-trial-ended-title = Okres próbny dobiegł końca
letter-ended-title = Państwa prenumerata wygasła
letter-access-ended-title = Dostęp się zakończył
letter-ended-cancelled = Zakończenie nastąpiło { $date }, zgodnie z Państwa życzeniem. Nic więcej nie pobierzemy.
letter-ended-trial = Bezpłatny okres próbny { $publication } zakończył się { $date }. Nic nie zostało pobrane.
letter-ended-expired = Dostęp był na czas określony, który minął { $date }. Nic więcej nie pobierzemy.
letter-ended-payment = Mimo kilku prób płatność nie wpłynęła. Zakończenie nastąpiło { $date }; nic więcej nie pobierzemy.
letter-ended-price = Nie zgodzili się Państwo na nową cenę, więc zakończenie nastąpiło { $date }. Nic więcej nie pobierzemy.
letter-ended-withdrawn = Odstąpili Państwo od umowy, więc zakończenie nastąpiło { $date }. O zwrocie piszemy w osobnej wiadomości.
letter-ended-refunded = Płatność została zwrócona, więc zakończenie nastąpiło { $date }.
letter-ended-charged-back = Bank cofnął płatność, więc zakończenie nastąpiło { $date }. Jeśli to pomyłka, prosimy do nas napisać.
letter-ended-revoked = Zakończyliśmy dostęp { $date }. Jeśli to według Państwa pomyłka, prosimy do nas napisać.
letter-ended-back = Będzie nam miło znów Państwa gościć.
letter-back-button = Zamów ponownie

letter-cancelled-title = Rezygnacja z prenumeraty przyjęta
letter-cancelled = Do { $until } mogą Państwo czytać { $publication }. Nic więcej nie pobierzemy.
letter-cancelled-open = Prenumerata skończy się z opłaconym okresem. Za następny nic nie pobierzemy.
letter-cancelled-back = Jeśli zmienią Państwo zdanie, rezygnację można do tego czasu cofnąć na swoim koncie.
letter-cancelled-button = Zachowaj prenumeratę

letter-paused-title = Państwa prenumerata jest wstrzymana
letter-paused = Prenumerata { $publication } jest wstrzymana i { $date } wznowi się sama. Do tego czasu nic nie pobierzemy, a opłacony czas nie przepada.
letter-paused-button = Wznów teraz
letter-resumed-title = Prenumerata została wznowiona
letter-resumed = Prenumerata { $publication } od dziś trwa dalej.

letter-plan-title = Prenumerata została zmieniona
letter-plan = Zmiana weszła w życie. Oto, co mają Państwo odtąd.

letter-gift-bought-title = Prezent i potwierdzenie zapłaty
letter-gift-bought = Dziękujemy za podarowanie { $publication }. Otrzymaliśmy płatność w wysokości { $amount }.
letter-gift-bought-next = Kod do odebrania prezentu wysyłamy w osobnej wiadomości: do Państwa albo do osoby obdarowywanej, zgodnie z Państwa wyborem.
letter-gift-title = Prezent od { $giver }: { $publication }
letter-gift-title-anonymous = Prezent: { $publication }
letter-gift = Podarowano Państwu prenumeratę { $publication }. Nic nie kosztuje i kończy się sama.
letter-gift-yours-title = Kod prezentu
letter-gift-yours = Prosimy przekazać ten kod lub całą tę wiadomość. Prezent otrzyma ten, kto pierwszy użyje kodu.
letter-row-code = Kod
letter-row-lasts = Czas trwania
letter-row-redeem-by = Do odebrania do
letter-gift-button = Odbierz prezent
letter-gift-redeemed-title = Prezent został odebrany
letter-gift-redeemed = Prenumerata { $publication }, którą Państwo podarowali, się rozpoczęła. Dziękujemy za dzielenie się dobrą lekturą.

letter-seat-title = Miejsce w prenumeracie { $publication }
letter-seat-title-by = Zaproszenie od { $giver }: { $publication }
letter-seat = W prenumeracie { $publication } czeka na Państwa miejsce. Płaci za nie ktoś inny; nic nie kosztuje.
letter-seat-button = Zajmij miejsce
letter-seat-not-you = Jeśli to zaproszenie nie jest dla Państwa, nie trzeba nic robić.

letter-delivery-title = Państwa dostawa została zmieniona
letter-delivery = W dostawie { $publication } coś zmieniono. Na koncie widać, co i dokąd przychodzi.
letter-delivery-suspended-title = Państwa dostawa jest wstrzymana
letter-delivery-suspended = Od { $first } do { $last } dostawa { $publication } jest wstrzymana. Prenumerata trwa nadal.
letter-delivery-suspended-day = W dniu { $first } dostawa { $publication } jest wstrzymana. Prenumerata trwa nadal.
letter-delivery-elsewhere-title = Państwa dostawa idzie pod inny adres
letter-delivery-elsewhere = Od { $first } do { $last } dostawa { $publication } idzie pod inny adres.
letter-delivery-elsewhere-day = W dniu { $first } dostawa { $publication } idzie pod inny adres.
letter-delivery-for-good = Od { $first } dostawa { $publication } idzie pod inny adres.
letter-delivery-town = Miejscowość
letter-delivery-back-title = Państwa dostawa jest jak przedtem
letter-delivery-back = To, co ustalono w sprawie dostawy { $publication }, cofnięto od { $first }.
letter-delivery-late = Dla części tych dni było za późno: dostawy były już ustalone. Na koncie widać, dla których.
letter-delivery-address-title = Adres dostawy został zmieniony
letter-delivery-address = Dostawa { $publication } idzie odtąd pod inny adres. Dostawy, które są już ustalone, idą jeszcze pod poprzedni.
letter-delivery-button = Zobacz, co i dokąd przychodzi
letter-delivery-not-you = Jeśli to nie Państwo to zmienili, prosimy cofnąć zmianę na koncie albo od razu do nas napisać.
