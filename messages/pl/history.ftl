## Historia czytania, na stronach konta. $day to data, $count liczba pokazanych artykułów.

history-title = Twoja historia czytania
history-pitch = To, co czytasz w aplikacjach albo zachowujesz do czytania bez sieci, może być tu zapisywane, aby łatwo było to odnaleźć. Dzieje się to tylko wtedy, gdy tego chcesz, i tylko dla Ciebie oraz aplikacji, którym to pokazujesz. Tego, co czytasz na naszych stronach, nie zapisujemy.
history-on = Jest zapisywana od: { $day }.
history-off = Nic nie jest zapisywane.
history-keep = Zapisuj, co czytam
history-list = Co było czytane
history-latest = Oto ostatnie pozycje: { $count }.
history-read = Ostatnio czytane: { $day }
history-none = Nic jeszcze nie zapisano.
history-do = Usuń lub zakończ
history-clear = Usuń to, co zapisano
history-leave = Zakończ i usuń wszystko
