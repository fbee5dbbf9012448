prompt-gift-label = Ein Geschenk
prompt-gift = Diesen Artikel hat Ihnen jemand mit Abonnement geschenkt.
prompt-gift-expired = Der Geschenklink ist abgelaufen.
prompt-gift-used-up = Der Geschenklink wurde so oft geöffnet, wie es möglich ist.
prompt-gift-withdrawn = Der Geschenklink gilt nicht mehr.
prompt-gift-counted = Dies ist einer Ihrer eigenen freien Artikel.

gift-title = Einen Artikel verschenken
gift-pitch = Ein Geschenklink öffnet einen Artikel für andere, auch ohne Abonnement. { $days ->
    [one] Er gilt { $days } Tag lang, in bis zu { $browsers } Browsern.
   *[other] Er gilt { $days } Tage lang, in bis zu { $browsers } Browsern.
}
gift-left = { $left ->
    [0] Sie haben alle Artikel dieses Monats verschenkt.
    [one] Sie können in diesem Monat noch { $left } Artikel verschenken.
   *[other] Sie können in diesem Monat noch { $left } Artikel verschenken.
}
gift-renews = { $limit ->
    [one] Den nächsten können Sie ab dem { $renews } verschenken.
   *[other] Ab dem { $renews } sind es wieder { $limit }.
}
gift-make = Geschenklink erstellen
gift-again = Diesen Artikel haben Sie schon verschenkt. Seinen Link bekommen Sie noch einmal; er zählt nicht für diesen Monat.
gift-made-title = Ihr Geschenklink
gift-made = Kopieren Sie ihn in eine Nachricht. { $browsers ->
    [one] Wer ihm folgt, in einem Browser, kann den ganzen Artikel bis zum { $until } lesen.
   *[other] Wer ihm folgt, in bis zu { $browsers } Browsern, kann den ganzen Artikel bis zum { $until } lesen.
}
gift-link = Geschenklink
gift-used-up-title = Dieser Link ist so oft geöffnet worden, wie es geht
gift-used-up = { $browsers ->
    [one] Er hat den Artikel in einem Browser geöffnet, und in mehr geht er nicht. Dort lässt sich der Artikel bis zum { $until } lesen.
   *[other] Er hat den Artikel in { $browsers } Browsern geöffnet, und in mehr geht er nicht. Dort lässt sich der Artikel bis zum { $until } lesen.
}
gift-open-title = Dieser Artikel ist für alle frei
gift-open = Er braucht kein Geschenk. Teilen Sie einfach seine Adresse.
gift-address = Adresse
gift-none-left-title = Keine Geschenke mehr in diesem Monat
gift-none-left = Bereits erstellte Links gelten weiter, bis sie ablaufen.
gift-for-subscribers-title = Geschenklinks gibt es mit Abonnement
gift-for-subscribers = { $limit ->
    [one] Mit einem Abonnement können Sie jeden Monat einen Artikel verschenken.
   *[other] Mit einem Abonnement können Sie jeden Monat { $limit } Artikel verschenken.
}
gift-no-story-title = Diesen Artikel gibt es nicht
gift-no-story = Bitte gehen Sie zurück zum Artikel und versuchen Sie es von dort aus noch einmal.
gift-not-yours-title = Dieser Artikel lässt sich nicht verschenken
gift-not-yours = Sie können die Artikel verschenken, die Ihr Abonnement öffnet.
gift-unusable-title = Dieser Geschenklink funktioniert nicht
gift-unusable = Vielleicht ist er unterwegs abgeschnitten worden. Bitten Sie darum, dass er Ihnen noch einmal geschickt wird.
gift-failed-title = Das hat nicht geklappt
gift-from-elsewhere = Links lassen sich nur auf den Seiten dieser Website erstellen. Bitte gehen Sie zurück zum Artikel und versuchen Sie es von dort aus noch einmal.
gift-unavailable = Es wurde kein Link erstellt und nichts verbraucht. Bitte versuchen Sie es in einigen Minuten noch einmal.
