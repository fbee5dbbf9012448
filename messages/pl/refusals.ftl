subscription-refused-ended = Ta prenumerata jest zakończona. W każdej chwili możesz kupić nową.
subscription-refused-unpaid = Pierwsza płatność wciąż czeka. Najpierw zapłać.
subscription-refused-paused = Jest wstrzymana. Najpierw ją wznów.
subscription-refused-not-paused = Nie jest wstrzymana, więc możesz już czytać.
subscription-refused-past-due = Płatność się nie powiodła. Najpierw zapłać.
subscription-refused-under-way = Płatność jest w toku. Odczekaj kilka minut, aż będzie wiadomo, czy się powiodła.
subscription-refused-no-method = Nie ma czym płacić. Najpierw dodaj metodę płatności.
subscription-refused-no-address = Przychodzi pocztą. Najpierw podaj adres.
subscription-refused-not-delivered = Nic nie przychodzi pocztą, więc adres nie jest potrzebny.
subscription-refused-ends = Kończy się sama po { $day }. Nie ma czego wypowiadać, wstrzymywać ani zmieniać.
subscription-refused-no-end = Nic nie kosztuje i nie ma końca. Nie ma czego wypowiadać, wstrzymywać ani zmieniać.
subscription-refused-ending = Jest już wypowiedziana. Aby coś zmienić, najpierw zdecyduj, że ją zachowujesz.
subscription-refused-not-ending = Nie jest wypowiedziana. Trwa dalej sama.
subscription-refused-no-pause = Tej prenumeraty nie można wstrzymać. Możesz ją wypowiedzieć i wrócić w każdej chwili.
subscription-refused-paused-enough = Ten okres był już wstrzymany tak długo, jak można. W następnym możesz wstrzymać go znowu.
subscription-refused-trial = Okresu próbnego nie można wstrzymać. Możesz go wypowiedzieć albo poczekać, aż minie.
subscription-refused-pause-day = Wybierz dzień od jutra do { $day }.
subscription-refused-currency = Ten plan nie jest sprzedawany w Twojej walucie. Wybierz inny.
subscription-refused-same = Masz już ten plan. Wybierz inny.
subscription-refused-once = To kupuje się raz i się nie odnawia. Możesz to kupić obok prenumeraty.
subscription-refused-elsewhere = Masz już opłacone do { $day }. Wybierz zmianę od następnego okresu.
subscription-refused-kind = Plan dla jednej osoby nie może stać się planem dla kilku. Kup nową prenumeratę.
subscription-refused-taken = { $count ->
    [one] Jedno miejsce jest zajęte. Najpierw je zwolnij albo wybierz więcej miejsc.
    [few] { $count } miejsca są zajęte. Najpierw zwolnij kilka albo wybierz więcej miejsc.
   *[other] { $count } miejsc jest zajętych. Najpierw zwolnij kilka albo wybierz więcej miejsc.
}
subscription-refused-no-change = Nie jest planowana żadna zmiana. Wszystko zostaje bez zmian.
subscription-refused-withdrawal-over = Prawo odstąpienia minęło { $day }. Możesz zamiast tego wypowiedzieć prenumeratę.
subscription-refused-no-withdrawal = Od tej umowy nie można odstąpić. Możesz zamiast tego wypowiedzieć prenumeratę.
subscription-refused-no-rise = Nie jest planowana nowa cena. Nie trzeba odpowiadać.
subscription-refused-nothing-open = Nie ma nic do zapłaty. Wszystko w porządku.
subscription-refused-attempts = Tę płatność próbowano zrealizować zbyt wiele razy. Kup nową prenumeratę albo napisz do { $publication }.
subscription-refused-for-one = Ta prenumerata jest dla jednej osoby. Aby zapraszać innych, wybierz plan z miejscami.
subscription-refused-full = { $count ->
    [one] Jedyne miejsce jest zajęte. Najpierw je zwolnij albo wybierz więcej miejsc.
    [few] Wszystkie { $count } miejsca są zajęte. Najpierw zwolnij jedno albo wybierz więcej miejsc.
   *[other] Wszystkie { $count } miejsc jest zajętych. Najpierw zwolnij jedno albo wybierz więcej miejsc.
}
subscription-refused-invitation = To zaproszenie jest już nieważne. Poproś o nowe osobę, która Cię zaprosiła.
subscription-refused-seat-taken = Ktoś zajął to miejsce. Poproś o nowe zaproszenie osobę, która Cię zaprosiła.
subscription-refused-domain = Adresy w { $domain } nie zajmują tu miejsca same. Poproś o zaproszenie.
subscription-refused-offer = Ta oferta jest już niedostępna. Zobacz inne.
subscription-refused-card = Nie masz tu tej karty. Wybierz inną albo wpisz ją ponownie.
subscription-refused-card-used = Tą kartą coś jest opłacane. Najpierw wybierz do tego inną.
subscription-refused-unverified = Najpierw potwierdź adres: otwórz link z naszej wiadomości.
subscription-refused-care = Napisz do { $publication }; zrobimy to za Ciebie.
subscription-refused-other = Teraz nie da się tego zrobić. Zajrzyj na swoje konto albo napisz do { $publication }.
