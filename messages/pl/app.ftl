## Aplikacja: zapisane artykuły i ich kopie na urządzeniu.

app-title = Lista do przeczytania
app-front = Strona główna
app-search = Szukaj
app-pitch = Zapisane przez Ciebie artykuły, na później i tam, gdzie nie ma sieci.
app-anonymous = Zaloguj się, aby zapisywać artykuły i zobaczyć swoją listę.
app-sign-in = Zaloguj się
app-lacks = Zapisywanie artykułów i czytanie bez sieci jest częścią prenumerat z aplikacjami. Tutaj czytasz dalej jak dotąd.
app-offers = Zobacz naszą ofertę
app-lease = { $days ->
    [1] Kopie pozostają na tym urządzeniu jeden dzień i są odnawiane zawsze, gdy jesteś online. Wylogowanie je usuwa.
   *[other] Kopie pozostają na tym urządzeniu do { $days } dni i są odnawiane zawsze, gdy jesteś online. Wylogowanie je usuwa.
}
app-lease-hours = { $hours ->
    [1] Kopie pozostają na tym urządzeniu godzinę i są odnawiane zawsze, gdy jesteś online. Wylogowanie je usuwa.
   *[other] Kopie pozostają na tym urządzeniu do { $hours } godz. i są odnawiane zawsze, gdy jesteś online. Wylogowanie je usuwa.
}
app-none = Nie masz jeszcze zapisanych artykułów. Otwórz artykuł i wybierz „Zapisz”.
app-saved = Zapisano { $day }
app-remove = Usuń z listy
app-forget = Usuń wszystkie kopie z tego urządzenia
app-keep = Zachowaj offline
app-keep-all = Zachowaj wszystkie offline
app-kept = Na tym urządzeniu do { $day }
app-drop = Usuń kopię
app-read = Czytaj kopię
app-close = Zamknij artykuł
app-over = Czas kopii minął, więc jej tekst został usunięty. Gdy znów będziesz online, możesz ją zachować ponownie w ramach prenumeraty.
app-clock = Zegar tego urządzenia został cofnięty, więc nie wiadomo, jak długo kopia może być przechowywana, i jej tekst został usunięty. Gdy znów będziesz online, możesz ją zachować ponownie.
app-busy = Artykuł jest zapisywany…
app-full = Nie ma miejsca na kolejne artykuły. Najpierw usuń kilka kopii.
app-not-whole = Twoja prenumerata nie obejmuje całości tego artykułu, więc nie można go zachować.
app-failed = To się nie udało. Spróbuj ponownie, gdy będziesz online.
app-script = Kopie do czytania offline wymagają JavaScriptu, który jest tu wyłączony. Lista działa bez niego.
app-offline-title = Jesteś offline
app-offline = Tej strony nie można teraz pobrać. Na tym urządzeniu są te artykuły:
app-nothing = Na tym urządzeniu nie ma artykułów.
app-install = Możesz umieścić { $publication } na ekranie głównym, z menu przeglądarki. Mówimy to tylko raz.
app-install-do = Zainstaluj
app-install-no = Zamknij

# Na stronie artykułu.
app-save = Zapisz
app-save-kept = Zapisano i zachowano na tym urządzeniu.
app-save-saved = Zapisano.
