prompt-period = { $period ->
    [week] w tym tygodniu
    [days] { $days ->
        [1] w okresie 24 godzin
       *[other] w okresie { $days } dni
    }
   *[month] w tym miesiącu
}
prompt-countdown = { $left ->
    [0] Nie mają już Państwo bezpłatnych artykułów { prompt-period }
    [one] Pozostał Państwu { $left } bezpłatny artykuł { prompt-period }
    [few] Pozostały Państwu { $left } bezpłatne artykuły { prompt-period }
    [many] Pozostało Państwu { $left } bezpłatnych artykułów { prompt-period }
   *[other] Pozostało Państwu { $left } bezpłatnego artykułu { prompt-period }
}
prompt-last-story = To ostatni bezpłatny artykuł dla Państwa { prompt-period }
prompt-paywall-used-up = { $limit ->
    [one] Przeczytali Państwo swój bezpłatny artykuł { prompt-period }.
   *[other] Wykorzystali Państwo limit { $limit } bezpłatnych artykułów { prompt-period }.
}
prompt-registration-used-up = { prompt-paywall-used-up } Bezpłatne konto pozwoli Państwu czytać dalej.
prompt-renews = { $period ->
    [days] Kolejny bezpłatny artykuł będzie na Państwa czekał { $renews }.
   *[other] Nowe bezpłatne artykuły będą na Państwa czekać { $renews }.
}
prompt-story-noun = { $left ->
    [one] artykuł
    [few] artykuły
    [many] artykułów
   *[other] artykułu
}
prompt-story-ending = { "" }

prompt-countdown-label = Państwa bezpłatne artykuły
prompt-payment-label = Państwa prenumerata
prompt-payment-trouble = Ostatnia płatność nie powiodła się. Prosimy sprawdzić dane płatności; dostęp do artykułów pozostaje bez zmian.
prompt-payment-action = Dane płatności
prompt-close = Zamknięcie powiadomienia

prompt-unlimited = Nieograniczony dostęp
prompt-paywall-title = W prenumeracie przeczytają Państwo całość
prompt-paywall-exclusive = Ten artykuł jest dostępny dla prenumeratorów.
prompt-registration-title = Z bezpłatnym kontem przeczytają Państwo całość
prompt-registration-pitch = Konto w serwisie { $publication } jest bezpłatne, a jego założenie zajmuje minutę.
prompt-registered-only = Ten artykuł jest dostępny dla zarejestrowanych czytelników
prompt-network-title = Dziś nie ma tu więcej bezpłatnych artykułów
prompt-network-pitch = Z Państwa sieci przyszło dziś tylu nowych czytelników, że bezpłatne artykuły się skończyły. Jutro będą znowu dostępne.
prompt-trial-title = Okres próbny dobiegł końca
prompt-trial-pitch = Mamy nadzieję, że był udany. Zapraszamy do dalszej lektury { $publication } w prenumeracie.
prompt-ended-title = Państwa prenumerata wygasła
prompt-ended-pitch = Będzie nam miło znów gościć Państwa wśród prenumeratorów { $publication }.
prompt-paused-title = Państwa prenumerata jest wstrzymana
prompt-paused-until = Państwa prenumerata jest wstrzymana do { $resumes }
prompt-paused-pitch = Po jej wznowieniu mogą Państwo dalej czytać { $publication }. Opłacony czas nie przepada.
prompt-unavailable-title = W tej chwili nie możemy wyświetlić całego artykułu
prompt-unavailable = Prosimy spróbować ponownie za kilka minut.
prompt-benefits = W prenumeracie
prompt-benefit-stories = Wszystkie artykuły bez ograniczeń
prompt-benefit-apps = Aplikacje na telefon i tablet
prompt-benefit-print = Wydanie drukowane z dostawą
prompt-subscribe = Zamawiam prenumeratę
prompt-renew = Odnawiam prenumeratę
prompt-resume = Wznawiam prenumeratę
prompt-register = Zakładam bezpłatne konto
prompt-all-offers = Wszystkie oferty
prompt-or-subscribe = Lub prenumerata bez ograniczeń
prompt-already-subscriber = Mają już Państwo prenumeratę?
prompt-already-registered = Mają już Państwo konto?
prompt-sign-in = Logowanie

prompt-print-subscribe = Dalsza część artykułu jest dostępna dla prenumeratorów ({ $publication }).
prompt-print-register = Dalsza część artykułu jest dostępna dla zarejestrowanych czytelników ({ $publication }).
