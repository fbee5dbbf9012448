account-back = Na stronę główną
account-mail = Adres e-mail
account-password = Hasło
account-new-password = Nowe hasło
account-password-hint = Liczba znaków: co najmniej { $least }. Kilka słów to hasło mocne i łatwe do zapamiętania.
account-name = Imię i nazwisko
account-optional = (nieobowiązkowo)

account-login-title = Zaloguj się
account-login-button = Zaloguj się
account-link-hint = Można bez hasła: wyślemy link na podany adres.
account-link-button = Wyślij link
account-forgot-link = Nie pamiętasz hasła?
account-no-account = Nie masz jeszcze konta?
account-have-account = Masz już konto?
account-wrong = Adres lub hasło jest nieprawidłowe.

account-register-title = Załóż konto
account-register-pitch = To nic nie kosztuje i zajmuje minutę.
account-register-button = Załóż konto

account-sent-title = Sprawdź pocztę
account-sent = Wysłaliśmy wiadomość na adres { $mail }. Otwórz link, który w niej jest.
account-sent-minutes = { $minutes ->
    [one] Link działa przez { $minutes } minutę i tylko raz.
    [few] Link działa przez { $minutes } minuty i tylko raz.
   *[other] Link działa przez { $minutes } minut i tylko raz.
}
account-sent-here = Działa tylko w tej przeglądarce.
account-sent-nothing = Nic nie przyszło? Zajrzyj do niechcianej poczty i sprawdź adres.

account-confirm-title = Potwierdź adres
account-confirm-pitch = Jeszcze jedno kliknięcie, żeby nikt inny nie użył tego linku.
account-confirm-password = To inna przeglądarka niż poprzednio. Wpisz wybrane hasło.
account-confirm-button = Potwierdź i zaloguj się
account-wrong-password = To nie jest wybrane hasło.
account-link-over-title = Ten link już nie działa
account-link-over = Został użyty albo jego czas minął. Jeśli przycisk został przed chwilą naciśnięty dwa razy, logowanie już się powiodło.
account-link-again = Poproś o nowy
account-elsewhere-title = Ten link jest dla innej przeglądarki
account-elsewhere = Działa tylko tam, skąd wysłano prośbę. Otwórz go tam albo poproś tutaj o nowy.

account-reset-title = Ustaw nowe hasło
account-forgot-pitch = Podaj swój adres. Wyślemy link, który pozwoli ustawić nowe hasło.
account-forgot-button = Wyślij link
account-reset-note = Wszystkie urządzenia zostaną wylogowane.
account-reset-button = Zapisz hasło
account-password-set-title = Hasło zostało zapisane
account-password-set = Wszystkie urządzenia zostały wylogowane. Zaloguj się nowym hasłem.

account-title = Twoje konto
account-signed-in-as = Zalogowano jako { $mail }
account-devices = Zalogowane urządzenia
account-device-unknown = Urządzenie
account-device-this = to urządzenie
account-device-seen = ostatnio: { $day }
account-sign-out = Wyloguj
account-devices-others = Wyloguj wszędzie indziej
account-signed-out-title = Wylogowano
account-signed-out = Dziękujemy za lekturę.

account-error-title = Sprawdź jeszcze raz
account-error-missing = Wypełnij to pole.
account-error-mail = Wpisz adres taki jak anna@example.com.
account-error-password-short = Wybierz hasło, które ma co najmniej { $least } znaków.
account-error-password-long = Wybierz hasło, które ma najwyżej { $most } znaków.
account-error-password-easy = Łatwo je zgadnąć. Wybierz inne.
account-refused-title = Nie wykonano
account-refused-elsewhere = Formularz pochodził z innej strony. Jeśli to Ty, otwórz stronę tutaj i wyślij go jeszcze raz.
account-refused-cookie = Przeglądarka nie zapisuje plików cookie tej witryny albo strona była otwarta ponad dobę. Zezwól na pliki cookie, wróć, odśwież stronę i wyślij ją jeszcze raz.
account-refused-old = Strona była otwarta zbyt długo albo w międzyczasie nastąpiło zalogowanie lub wylogowanie. Wróć, odśwież ją i wyślij jeszcze raz.
account-load-again = Odśwież stronę
account-many-title = Zbyt wiele prób
account-many = { $minutes ->
    [one] Poczekaj minutę i spróbuj ponownie.
    [few] Poczekaj { $minutes } minuty i spróbuj ponownie.
   *[other] Poczekaj { $minutes } minut i spróbuj ponownie.
}
account-busy-title = Nie w tej chwili
account-busy = W tej chwili zbyt wiele się dzieje. Nic nie zostało zrobione; spróbuj za minutę.
account-broken-title = Coś poszło nie tak
account-broken = To nasz błąd i już o nim wiemy. Zanim spróbujesz ponownie, zajrzyj na swoje konto: być może operacja się powiodła.
account-not-so-title = Nie da się tego zrobić
account-not-so = To już niemożliwe albo niemożliwe na tym koncie. Sprawdź na swoim koncie, jak wygląda sytuacja.
account-closed-title = To konto jest zamknięte
account-closed = Napisz do redakcji { $publication }, aby je ponownie otworzyć.
account-missing-title = Tu nic nie ma
account-missing = Adres może być błędny albo strona została przeniesiona.

account-this-language = Polski
account-language = Język naszych wiadomości
account-profile-title = Imię i język
account-save = Zapisz
account-profile-saved-title = Zapisano
account-profile-saved = Imię i język są zgodne z Twoim życzeniem.
account-password-changed = Wszystkie inne urządzenia zostały wylogowane.
account-password-others = Wszystkie inne urządzenia zostaną wylogowane.
account-data-title = Twoje dane
account-data-pitch = Wszystko, co { $publication } o Tobie wie, w jednym pliku.
account-data-holds = Zawiera konto, urządzenia, metody płatności (nigdy numeru karty), adresy, zgody, historię prenumerat i prezentów oraz faktury.
account-data-button = Pobierz plik
account-erase-title = Zamknij konto na zawsze
account-erase-pitch = Imię, adresy, hasło, karty i wszystko, co zostało przez Ciebie napisane, zostanie od razu usunięte. Nikt nie może tego przywrócić, a wszystkie urządzenia zostaną wylogowane.
account-erase-ends = To skończy się od razu i nic nie zostanie zwrócone. Jeśli możesz jeszcze odstąpić od umowy, zrób to najpierw.
account-erase-kept = Co i kiedy zapłacono oraz faktury z nazwiskiem przechowujemy tak długo, jak wymaga tego prawo: w większości krajów od sześciu do dziesięciu lat. Nic innego nie mówi, że chodzi o Ciebie.
account-erase-sure = Chcę, aby moje konto zostało zamknięte na zawsze.
account-erase-button = Zamknij konto
account-lapsed-title = Nic nie zostało zmienione
account-lapsed = Twoje hasło zostało przed chwilą zmienione na innym urządzeniu lub w innym oknie. Odśwież stronę i wpisz nowe.
account-erase-payment = Twoja płatność jest w toku, a bank jeszcze nie powiedział, co z niej wyszło. Wróć za kilka minut: gdy to będzie wiadome, będzie można zamknąć konto.
account-erase-bank = Bank czeka na Twoje potwierdzenie płatności. Potwierdź ją albo zrezygnuj z tego, czego dotyczy; w przeciwnym razie po kilku dniach zostanie sama odwołana. Wtedy będzie można zamknąć konto.
account-erase-refund = Pieniądze są w drodze do Ciebie, co może potrwać kilka dni. Wróć, gdy dotrą: na zamknięte konto nikt nie mógłby ich wysłać.
account-erased-title = Twoje konto jest zamknięte
account-erased = To, co o Tobie wiedzieliśmy, zostało usunięte. Dziękujemy za lekturę.
account-not-erased-title = Nie wszystko udało się zakończyć
account-not-erased = Płatność jest w toku albo czegoś nie można zakończyć automatycznie. Zajrzyj na swoje konto i spróbuj później.
account-error-stale = Wyloguj się i zaloguj ponownie za pomocą linku. Przez dziesięć minut po tym będzie to możliwe.
account-error-password-wrong = To nie jest Twoje hasło.
account-error-sure = Potwierdź, że na pewno tego chcesz.
account-mail-title = Zmień adres e-mail
account-mail-pitch = Wyślemy link na nowy adres. Dopóki go nie otworzysz, obowiązuje { $now }.
account-new-mail = Nowy adres e-mail
account-mail-unconfirmed = Nie wiemy jeszcze, czy { $now } to Twój adres. Możemy wysłać na niego link; gdy z niego skorzystasz, będziemy wiedzieć.
account-mail-confirm-now = Wyślij link
account-mail-confirm-title = Potwierdź nowy adres
account-mail-confirm-pitch = Od teraz będzie służył do logowania i tam będą przychodzić nasze wiadomości.
account-mail-confirm-whose = Chodzi o konto { $account }. Jeśli nie jest Twoje, zamknij tę stronę: nic się wtedy nie stanie.
account-mail-confirm-password = To inna przeglądarka niż poprzednio. Wpisz hasło do konta.
account-mail-confirm-button = Potwierdź adres
account-mail-changed-title = Adres został zmieniony
account-mail-changed = Od teraz loguj się nowym. Na stary wysłaliśmy powiadomienie.
account-mail-taken-title = Ten adres ma już konto
account-mail-taken = Zaloguj się nim albo wybierz inny. Jeśli oba konta są Twoje, napisz do { $publication }, aby je połączyć.
account-error-mail-same = To adres, który już masz.
account-newsletter-title = Newsletter
account-newsletter-consent = Proszę wysyłać mi e-mailem newsletter { $publication }. Mogę z niego zrezygnować w dowolnej chwili na swoim koncie.
account-newsletter-has = Newsletter wysyłamy na adres { $mail }.
account-newsletter-none = Nie otrzymujesz newslettera.
account-newsletter-agree = Tak, proszę wysyłać
account-newsletter-stop = Nie chcę już newslettera
account-newsletter-said = Twoje dotychczasowe decyzje
account-newsletter-given = { $how ->
    [web] Zamówiony { $day } na tych stronach.
    [import] Zamówiony wcześniej i przeniesiony z innego systemu { $day }.
   *[other] Zamówiony { $day }.
}
account-newsletter-withdrawn = Odwołany { $day } na tych stronach.
account-newsletter-on-title = Otrzymujesz newsletter
account-newsletter-on = Odnotowaliśmy, że chcesz go otrzymywać i kiedy o tym zdecydowano.
account-newsletter-off-title = Nie otrzymujesz już newslettera
account-newsletter-off = Odnotowaliśmy, że już go nie chcesz i kiedy o tym zdecydowano. To, co jest już w drodze, może jeszcze dotrzeć.

## Zgoda na dostęp aplikacji.

account-app-title = Zezwolić tej aplikacji na dostęp?
account-app-lede = Aplikacja { $app } chce korzystać z Twojego konta { $mail }.
account-app-may = Będzie mogła
account-app-read = czytać artykuły tak jak Ty i widzieć, ile bezpłatnych jeszcze zostało
account-app-account = widzieć Twoje imię i nazwisko, adres e-mail i język
account-app-saved = widzieć i zmieniać zapisane przez Ciebie artykuły
account-app-history = widzieć i zmieniać Twoją historię czytania
account-app-not = Nigdy nie pozna Twojego hasła ani metod płatności. Znajdziesz ją wśród swoich urządzeń i tam możesz ją w każdej chwili wylogować.
account-app-yes = Zezwól
account-app-no = Nie zezwalaj
account-app-unknown-title = Tej aplikacji nie można dać dostępu
account-app-unknown = { $publication } nie zna aplikacji, z której tu trafiasz, albo nie pod tym adresem. Nie otrzymała żadnych danych. Zwróć się do jej twórcy.
account-app-unfit = Nie da się odczytać prośby aplikacji, z której tu trafiasz: coś jest w niej podane dwa razy albo jest za długie. Nie otrzymała żadnych danych. Zwróć się do jej twórcy.
