### Die Zustellung der gedruckten Ausgabe: was wohin kommt, aussetzen und umleiten.

delivery-link = Zustellung: aussetzen oder umleiten
delivery-link-address = Zustellung: Adresse angeben
delivery-no-address = Noch wird nichts zugestellt: Uns fehlt eine Adresse.
delivery-title = Zustellung
delivery-ahead = Die nächsten vier Wochen
delivery-span = { $first } bis { $last } ({ $count } Zustellungen)
delivery-state = { $state ->
    [home] An { $address }
    [elsewhere] An eine andere Adresse: { $address }
    [suspended] Keine Zustellung, wie gewünscht
    [missing] Uns fehlt eine Adresse. Sagen Sie uns, wohin sie kommen soll.
   *[none] Ihr Abonnement umfasst dann keine gedruckte Ausgabe
}
delivery-nothing-ahead = In den nächsten vier Wochen wird nichts zugestellt.
delivery-early = Zustellungen vor dem { $day } standen schon fest, bevor Sie abonniert haben, und erreichen Sie vielleicht noch nicht.
delivery-settled = Was Sie jetzt ändern, gilt ab dem { $day }. Was vorher kommt, steht schon fest.
delivery-settled-too = Auch was an einigen späteren Tagen kommt, steht schon fest: { $days }.
delivery-days = { $first } bis { $last }
delivery-days-and = { $before }, { $next }
delivery-wishes = Was Sie vereinbart haben
delivery-wishes-none = Nichts: Sie kommt wie gewohnt.
delivery-wish-suspended = Vom { $first } bis zum { $last } wird nichts zugestellt.
delivery-wish-suspended-day = Am { $first } wird nichts zugestellt.
delivery-wish-redirected = Vom { $first } bis zum { $last } geht sie an { $address }.
delivery-wish-redirected-day = Am { $first } geht sie an { $address }.
delivery-wish-for-good = Ab dem { $first } geht sie an { $address }.
delivery-wish-but = Für diese Tage kam es zu spät, sie standen schon fest: { $days }.
delivery-undo = Zurücknehmen
delivery-undo-rest = Vorzeitig beenden
delivery-undone = Es ist zurückgenommen.
delivery-no-home = Wir wissen noch nicht, wohin wir liefern sollen. Leiten Sie sie ab einem Tag an eine Adresse.

## Aussetzen.

delivery-suspend-title = Zustellung aussetzen
delivery-suspend-says = Solange Sie fort sind, wird nichts zugestellt. Das betrifft nur die Zustellung: Ihr Abonnement läuft weiter wie bisher, und für diese Tage wird nichts erstattet.
delivery-suspend-days = { $count ->
    [one] Jeweils ist ein Tag möglich.
   *[other] Jeweils sind bis zu { $count } Tage möglich.
}
delivery-suspend-left = { $count ->
    [0] Für { $year } ist keine weitere Unterbrechung möglich.
    [one] In { $year } ist das noch einmal möglich.
   *[other] In { $year } ist das noch { $count }-mal möglich.
}
delivery-suspend-first = Erster Tag ohne Zustellung
delivery-suspend-last = Letzter Tag ohne Zustellung
delivery-suspend-button = Zustellung aussetzen
delivery-first-hint = Frühestens { $day }

## Umleiten.

delivery-redirect-title = An eine andere Adresse senden
delivery-redirect-says = Für eine Weile, oder ab einem Tag für immer.
delivery-redirect-first = Ab
delivery-redirect-last = Bis einschließlich
delivery-redirect-last-hint = Lassen Sie es leer, wenn es so bleiben soll.
delivery-redirect-button = Dorthin senden

## Warum es nicht geht.

delivery-refused-day = Bitte schreiben Sie ein Datum, zum Beispiel 2026-12-24.
delivery-refused-early = Was an diesem Tag kommt, steht schon fest. Der nächste Tag, der sich ändern lässt, ist der { $day }.
delivery-refused-far = Das ist zu weit voraus. Es kann spätestens am { $day } beginnen.
delivery-refused-backwards = Der letzte Tag liegt vor dem ersten.
delivery-refused-no-end = Bitte sagen Sie, bis wann.
delivery-refused-long = { $count ->
    [one] Jeweils ist ein Tag möglich.
   *[other] Jeweils sind höchstens { $count } Tage möglich.
}
delivery-refused-nothing = An diesen Tagen wird ohnehin nichts zugestellt.
delivery-refused-many = { $count ->
    [one] Das ist einmal im Jahr möglich.
   *[other] Das ist { $count }-mal im Jahr möglich.
}
delivery-refused-overlaps = Einige dieser Tage gehören zu dem, was ab dem { $day } vereinbart ist. Nehmen Sie das zuerst zurück.
delivery-refused-full = Sie haben schon viel vereinbart. Nehmen Sie zuerst etwas zurück.
delivery-refused-over = Das lässt sich nicht mehr ändern: Es ist vorbei, oder was an den letzten Tagen kommt, steht schon fest.
