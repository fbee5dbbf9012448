prompt-period = { $period ->
    [week] w tym tygodniu
    [days] { $days ->
        [1] w okresie 24 godzin
       *[other] w okresie { $days } dni
    }
   *[month] w tym miesiącu
}
prompt-countdown = { $left ->
    [0] Nie masz już bezpłatnych artykułów { prompt-period }
    [one] Pozostał Ci { $left } bezpłatny artykuł { prompt-period }
    [few] Pozostały Ci { $left } bezpłatne artykuły { prompt-period }
    [many] Pozostało Ci { $left } bezpłatnych artykułów { prompt-period }
   *[other] Pozostało Ci { $left } bezpłatnego artykułu { prompt-period }
}
prompt-last-story = To Twój ostatni bezpłatny artykuł { prompt-period }
prompt-paywall-used-up = { $limit ->
    [one] Twój bezpłatny artykuł { prompt-period } jest już wykorzystany.
   *[other] Twój limit { $limit } bezpłatnych artykułów { prompt-period } jest już wykorzystany.
}
prompt-registration-used-up = { prompt-paywall-used-up } Bezpłatne konto pozwoli Ci czytać dalej.
prompt-renews = { $period ->
    [days] Kolejny bezpłatny artykuł będzie na Ciebie czekał { $renews }.
   *[other] Nowe bezpłatne artykuły będą na Ciebie czekać { $renews }.
}
prompt-story-noun = { $left ->
    [one] artykuł
    [few] artykuły
    [many] artykułów
   *[other] artykułu
}
prompt-story-ending = { "" }

prompt-countdown-label = Twoje bezpłatne artykuły
prompt-payment-label = Twoja prenumerata
prompt-payment-trouble = Ostatnia płatność nie powiodła się. Sprawdź dane płatności; dostęp do artykułów pozostaje bez zmian.
prompt-payment-action = Dane płatności
prompt-close = Zamknięcie powiadomienia

prompt-unlimited = Nieograniczony dostęp
prompt-paywall-title = W prenumeracie przeczytasz całość
prompt-paywall-exclusive = Ten artykuł jest dostępny dla prenumeratorów.
prompt-registration-title = Z bezpłatnym kontem przeczytasz całość
prompt-registration-pitch = Konto w serwisie { $publication } jest bezpłatne, a jego założenie zajmuje minutę.
prompt-registered-only = Ten artykuł jest dostępny dla zarejestrowanych czytelników
prompt-network-title = Dziś nie ma tu więcej bezpłatnych artykułów
prompt-network-pitch = Z Twojej sieci przyszło dziś tylu nowych czytelników, że bezpłatne artykuły się skończyły. Jutro będą znowu dostępne.
prompt-trial-title = Okres próbny dobiegł końca
prompt-trial-pitch = Mamy nadzieję, że był udany. Zapraszamy do dalszej lektury { $publication } w prenumeracie.
prompt-ended-title = Twoja prenumerata wygasła
prompt-ended-pitch = Będzie nam miło znów gościć Cię wśród prenumeratorów { $publication }.
prompt-paused-title = Twoja prenumerata jest wstrzymana
prompt-paused-until = Twoja prenumerata jest wstrzymana do { $resumes }
prompt-paused-pitch = Po jej wznowieniu możesz dalej czytać { $publication }. Opłacony czas nie przepada.
prompt-unavailable-title = W tej chwili nie możemy wyświetlić całego artykułu
prompt-unavailable = Spróbuj ponownie za kilka minut.
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
prompt-already-subscriber = Masz już prenumeratę?
prompt-already-registered = Masz już konto?
prompt-sign-in = Logowanie

prompt-print-subscribe = Dalsza część artykułu jest dostępna dla prenumeratorów ({ $publication }).
prompt-print-register = Dalsza część artykułu jest dostępna dla zarejestrowanych czytelników ({ $publication }).
