### Dostawa wydania drukowanego: co i dokąd przychodzi, wstrzymanie, inny adres.

delivery-link = Dostawa: wstrzymaj lub zmień adres
delivery-link-address = Dostawa: podaj adres
delivery-no-address = Na razie nic nie jest dostarczane: brakuje adresu.
delivery-title = Dostawa
delivery-ahead = Najbliższe cztery tygodnie
delivery-span = { $count ->
    [one] { $first } – { $last } ({ $count } dostawa)
    [few] { $first } – { $last } ({ $count } dostawy)
    [many] { $first } – { $last } ({ $count } dostaw)
   *[other] { $first } – { $last } ({ $count } dostawy)
}
delivery-state = { $state ->
    [home] Na adres: { $address }
    [elsewhere] Na inny adres: { $address }
    [suspended] Bez dostawy, zgodnie z życzeniem
    [missing] Nie mamy adresu. Napisz, dokąd dostarczać.
   *[none] Subskrypcja nie obejmuje wtedy wydania drukowanego
}
delivery-nothing-ahead = W najbliższych czterech tygodniach nie ma dostaw.
delivery-early = Dostawy przed { $day } ustalono przed rozpoczęciem subskrypcji i mogą jeszcze do Ciebie nie dotrzeć.
delivery-settled = Obecne zmiany obowiązują od { $day }. Wcześniejsze dostawy są już ustalone.
delivery-settled-too = Niektóre późniejsze dostawy też są już ustalone: { $days }.
delivery-days = od { $first } do { $last }
delivery-days-and = { $before }, { $next }
delivery-wishes = Co zostało ustalone
delivery-wishes-none = Nic: dostawa jak zwykle.
delivery-wish-suspended = Od { $first } do { $last } nic nie jest dostarczane.
delivery-wish-suspended-day = Dnia { $first } nic nie jest dostarczane.
delivery-wish-redirected = Od { $first } do { $last } dostawa na adres: { $address }.
delivery-wish-redirected-day = Dnia { $first } dostawa na adres: { $address }.
delivery-wish-for-good = Od { $first } dostawa na adres: { $address }.
delivery-wish-but = Dla tych dni było za późno, były już ustalone: { $days }.
delivery-undo = Cofnij
delivery-undo-rest = Zakończ wcześniej
delivery-undone = Cofnięto.
delivery-no-home = Nie wiemy jeszcze, dokąd dostarczać. Podaj adres obowiązujący od wybranego dnia.

## Wstrzymanie.

delivery-suspend-title = Wstrzymaj dostawę
delivery-suspend-says = W czasie wyjazdu nic nie jest dostarczane. Chodzi wyłącznie o dostawę: subskrypcja trwa jak dotąd, a za te dni nic nie jest zwracane.
delivery-suspend-days = { $count ->
    [one] Jednorazowo najwyżej { $count } dzień.
    [few] Jednorazowo najwyżej { $count } dni.
    [many] Jednorazowo najwyżej { $count } dni.
   *[other] Jednorazowo najwyżej { $count } dnia.
}
delivery-suspend-left = { $count ->
    [0] W roku { $year } nie można już wstrzymać dostawy.
    [one] W roku { $year } można to zrobić jeszcze { $count } raz.
    [few] W roku { $year } można to zrobić jeszcze { $count } razy.
    [many] W roku { $year } można to zrobić jeszcze { $count } razy.
   *[other] W roku { $year } można to zrobić jeszcze { $count } razu.
}
delivery-suspend-first = Pierwszy dzień bez dostawy
delivery-suspend-last = Ostatni dzień bez dostawy
delivery-suspend-button = Wstrzymaj dostawę
delivery-first-hint = Najwcześniej { $day }

## Inny adres.

delivery-redirect-title = Dostarczaj na inny adres
delivery-redirect-says = Na pewien czas albo na stałe od wybranego dnia.
delivery-redirect-first = Od
delivery-redirect-last = Do, włącznie
delivery-redirect-last-hint = Pozostaw puste, jeśli ma tak zostać.
delivery-redirect-button = Dostarczaj tam

## Dlaczego się nie udało.

delivery-refused-day = Wpisz datę, na przykład 2026-12-24.
delivery-refused-early = Dostawa na ten dzień jest już ustalona. Następny dzień, który można zmienić, to { $day }.
delivery-refused-far = To zbyt odległy termin. Może się zacząć najpóźniej { $day }.
delivery-refused-backwards = Ostatni dzień jest przed pierwszym.
delivery-refused-no-end = Podaj, do kiedy.
delivery-refused-long = { $count ->
    [one] Jednorazowo najwyżej { $count } dzień.
    [few] Jednorazowo najwyżej { $count } dni.
    [many] Jednorazowo najwyżej { $count } dni.
   *[other] Jednorazowo najwyżej { $count } dnia.
}
delivery-refused-nothing = W te dni i tak nie ma dostaw.
delivery-refused-many = { $count ->
    [one] Można to zrobić { $count } raz w roku.
    [few] Można to zrobić { $count } razy w roku.
    [many] Można to zrobić { $count } razy w roku.
   *[other] Można to zrobić { $count } razu w roku.
}
delivery-refused-overlaps = Część tych dni należy do tego, co ustalono od { $day }. Najpierw to cofnij.
delivery-refused-full = Ustalono już bardzo wiele. Najpierw coś cofnij.
delivery-refused-over = Tego nie można już zmienić: minęło albo dostawy na ostatnie dni są już ustalone.
