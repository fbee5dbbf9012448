## Własne kanały czytelnika, z całymi artykułami, na stronach konta.

feeds-title = Twoje kanały
feeds-pitch = Czytaj { $publication } w swoim czytniku kanałów: to, co wolno Ci czytać w ramach prenumeraty, przychodzi w całości, reszta jako fragment prowadzący na nasze strony.
feeds-secret = Adres jest jak hasło: kto go ma, czyta to, co wolno czytać Tobie. Podaj go swojemu czytnikowi i nikomu więcej. Tego, co tam czytasz, nie liczymy, a zapamiętujemy tylko dzień, w którym ostatnio użyto adresu.
feeds-all = Wszystkie artykuły
feeds-sections = Tylko jeden dział
feeds-made-title = Twój nowy adres
feeds-made = Skopiuj go teraz do swojego czytnika: pokazujemy go tylko ten jeden raz. Wcześniejszy adres już nie działa.
feeds-yours = Twój adres
feeds-since = Masz go od: { $day }.
feeds-used = Ostatnio użyto go: { $day }.
feeds-unused = Nie był jeszcze używany.
feeds-hidden = Przechowujemy tylko ślad, po którym go rozpoznajemy, dlatego nie możemy pokazać go drugi raz.
feeds-ended = Twój adres zakończono: { $day }. Już nie działa.
feeds-spread = { $day } Twojego adresu użyto z bardzo wielu miejsc. Jeśli mogą go mieć inni, zastąp go nowym.
feeds-make-title = Utwórz adres
feeds-make = Utwórz mój adres
feeds-other = Zastąp go lub zakończ
feeds-renew-pitch = Jeśli adres zaginął albo mogą go mieć inni, utwórz nowy: stary w tej samej chwili przestaje działać.
feeds-renew = Utwórz nowy
feeds-end = Zakończ ten adres

feeds-nowhere = Pod tym adresem nie ma kanału.
feeds-too-often = O ten kanał pytano zbyt często. Spróbuj ponownie później.
feeds-later = Ten kanał jest chwilowo niedostępny. Spróbuj ponownie później.

## Kanały dla wszystkich.

pub-feeds = Kanały
pub-feeds-pitch = Nowe artykuły w Twoim czytniku kanałów, z tytułem i streszczeniem. Skopiuj do niego jeden z tych adresów.
pub-feeds-all = Wszystkie artykuły
pub-feeds-others = Każdy temat i każdy autor też ma kanały: czytniki znajdują je pod adresem strony.
pub-feeds-own = Kto ma konto, może mieć własne kanały, w których to, co wolno mu czytać, przychodzi w całości:
pub-feed-title = { $name } – { $paper }
