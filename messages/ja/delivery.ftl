### 紙面の配達：いつどこへ届くか、休止、別の住所への配達。

delivery-link = 配達の休止・届け先の変更
delivery-link-address = 配達：届け先を知らせる
delivery-no-address = 届け先の住所がまだ分からないため、配達できません。
delivery-title = 配達
delivery-ahead = 今後四週間
delivery-span = { $first }から{ $last }まで（{ $count }回）
delivery-state = { $state ->
    [home] { $address }へ
    [elsewhere] 別の住所へ：{ $address }
    [suspended] ご希望により配達しません
    [missing] 届け先の住所がありません。お知らせください。
   *[none] この期間のご購読に紙面は含まれません
}
delivery-nothing-ahead = 今後四週間に配達はありません。
delivery-early = { $day }より前の配達はご購読の前に決まっていたため、まだお届けできないことがあります。
delivery-settled = 今から変更した内容は{ $day }から有効です。それより前の配達はすでに決まっています。
delivery-settled-too = 次の日の配達もすでに確定しています：{ $days }。
delivery-days = { $first }から{ $last }まで
delivery-days-and = { $before }、{ $next }
delivery-wishes = お申し込みの内容
delivery-wishes-none = ありません。通常どおり配達します。
delivery-wish-suspended = { $first }から{ $last }まで配達しません。
delivery-wish-suspended-day = { $first }は配達しません。
delivery-wish-redirected = { $first }から{ $last }まで{ $address }へ配達します。
delivery-wish-redirected-day = { $first }は{ $address }へ配達します。
delivery-wish-for-good = { $first }から{ $address }へ配達します。
delivery-wish-but = 次の日はすでに確定していたため、間に合いませんでした：{ $days }。
delivery-undo = 取り消す
delivery-undo-rest = 早めに終える
delivery-undone = 取り消しました。
delivery-no-home = 届け先がまだ分かりません。いつからどの住所へ届けるかをお知らせください。

## 休止。

delivery-suspend-title = 配達を休止する
delivery-suspend-says = お留守の間、配達を止めます。止まるのは配達だけです。ご購読はこれまでどおり続き、その日数分の返金はありません。
delivery-suspend-days = 一度に{ $count }日まで休止できます。
delivery-suspend-left = { $count ->
    [0] { $year }年の休止はすべてご利用済みです。
   *[other] { $year }年はあと{ $count }回休止できます。
}
delivery-suspend-first = 休止の初日
delivery-suspend-last = 休止の最終日
delivery-suspend-button = 配達を休止する
delivery-first-hint = 最も早くて{ $day }

## 別の住所へ。

delivery-redirect-title = 別の住所へ届ける
delivery-redirect-says = 一定の期間だけ、またはある日からずっと。
delivery-redirect-first = 開始日
delivery-redirect-last = 最終日
delivery-redirect-last-hint = ずっと続ける場合は空のままにしてください。
delivery-redirect-button = そこへ届ける

## できない理由。

delivery-refused-day = 日付を2026-12-24のように入力してください。
delivery-refused-early = その日の配達はすでに決まっています。次に変更できる日は{ $day }です。
delivery-refused-far = 先の日付すぎます。遅くとも{ $day }に始まるようにしてください。
delivery-refused-backwards = 最終日が初日より前です。
delivery-refused-no-end = いつまでかを入力してください。
delivery-refused-long = 一度に{ $count }日まで休止できます。
delivery-refused-nothing = その期間にはもともと配達がありません。
delivery-refused-many = 休止は年に{ $count }回までです。
delivery-refused-overlaps = 一部の日が{ $day }からのお申し込みと重なります。先にそれを取り消してください。
delivery-refused-full = お申し込みが多すぎます。先にどれかを取り消してください。
delivery-refused-over = もう変更できません。終わっているか、残りの日の配達がすでに決まっています。
