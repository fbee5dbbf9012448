## L'historique de lecture, sur les pages du compte. $day est une date, $count le nombre d'articles affichés.

history-title = Votre historique de lecture
history-pitch = Ce que vous lisez dans des applications, ou gardez pour lire hors ligne, peut être noté ici pour que vous le retrouviez. Cela ne se fait que si vous le voulez, et pour personne d’autre que vous et les applications à qui vous le montrez. Ce que vous lisez sur nos pages n’est pas noté.
history-on = Il est tenu depuis le { $day }.
history-off = Rien n’est noté.
history-keep = Noter ce que je lis
history-list = Ce que vous avez lu
history-latest = Voici les { $count } derniers.
history-read = Lu pour la dernière fois le { $day }
history-none = Rien n’a encore été noté.
history-do = Effacer ou arrêter
history-clear = Effacer ce qui a été noté
history-leave = Arrêter et tout effacer
