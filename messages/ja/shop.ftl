shop-name = { shop-kind }
shop-kind = { $kind ->
    [bundle] 紙面とデジタル
    [print] 紙面
    [story] この記事
    [pass] 期間限定の読み放題
    [gift] 購読ギフト
    [team] 法人・団体プラン
   *[digital] デジタル
}
shop-benefit = { $grant ->
    [read] { prompt-benefit-stories }
    [apps] { prompt-benefit-apps }
    [print] { prompt-benefit-print }
   *[other] { $grant }
}
shop-benefit-story = この記事を、お持ちのすべての端末で
shop-once-ends = 期間が過ぎると自動的に終了します。
shop-once-good = いつまでもお読みいただけます。
shop-each = （お一人あたり）

shop-title = { $publication }を購読する
shop-pitch = ご都合に合うものをお選びください。すぐに続きをお読みいただけます。
shop-choose = 選択
shop-choose-gift = 贈る
shop-group-once = 購読せずに読む
shop-group-team = 複数の読者のために
shop-group-gift = 大切な方に贈る
shop-badge = { $audience ->
    [lapsed] お帰りなさい
    [registered] 会員の方に
    [subscribers] 購読者の方に
   *[new] はじめての方に
}
shop-badge-code = コードによる特典
shop-badge-nearest = もっとも近いプラン
shop-currency = 通貨
shop-code-open = コードをお持ちの方
shop-code-button = 適用
shop-code-wrong = このコードで現在ご利用いただけるプランはありません。入力をご確認ください。コードにも有効期限があります。
shop-none = 現在、販売中のプランはありません。
shop-none-here = この通貨では販売していません。
shop-signed-out = すでに購読されている方は
shop-redeem-link = 購読を贈られた方は
shop-current = すでにご購読いただいています。
shop-your-account = アカウント

shop-gone-over = このプランは{ $day }に終了しました。
shop-gone-ahead = このプランは{ $day }から始まります。
shop-gone-unknown = このプランはもうありません。
shop-gone-others = このプランは対象の方が限られています。
shop-gone-used-up = このプランは定数に達しました。
shop-gone-had = このプランはすでにご利用いただいたことがあります。
shop-gone-currency = このプランはこの通貨では販売していません。
shop-gone-free = お支払いは発生していません。

shop-checkout = { $kind ->
    [gift] 購読を贈る
    [once] アクセスを購入
   *[subscription] 購読のお申し込み
}
shop-account-title = はじめにアカウントを
shop-account-pitch = ご購入の内容をアカウントに保管します。すぐにこのページに戻ります。
shop-summary = お申し込みの内容
shop-other-offer = ほかのプラン
shop-today = 本日のお支払い
shop-nothing = なし
shop-tax = うち税{ $amount }（{ $rate }）
shop-tax-reversed = 税は請求されません。国外の事業者として、お客様ご自身で納税していただきます。
shop-from = { $day }から：{ $what }
shop-times = { $rate }（{ $count }回）
shop-terms = わかりやすい説明
shop-term-renews = 解約されるまで自動的に更新されます。アカウントからいつでも解約でき、お支払い済みの期間が終わるまでお読みいただけます。
shop-term-ends = { $day }に自動的に終了します。その後のお支払いはありません。
shop-term-good = いつまでもお読みいただけます。その後のお支払いはありません。
shop-term-remind = お試し期間が終わる{ $days }日前にメールでお知らせします。
shop-term-rise = 値上げの場合は{ $days }日前までにお知らせします。
shop-term-rise-asked = 値上げの場合は{ $days }日前までにお知らせし、同意いただいた場合にのみ適用します。
shop-term-withdraw-full = { $days }日以内であれば申し込みを撤回でき、全額をお返しします。
shop-term-withdraw-part = すぐに閲覧を始めます。{ $days }日以内であれば申し込みを撤回でき、未使用分をお返しします。
shop-term-waived = すぐに閲覧を始めるため、その後は申し込みを撤回できないことを了承します。
shop-term-gift = お支払いが済みしだい、コードをお送りします。受け取った方は{ $length }以内にご利用いただけます。
shop-term-gift-once = お支払いは本日の1回だけです。更新はありません。
shop-consent = これらの条件に同意します。
shop-consent-missing = 続けるには、ここにチェックを入れてください。
shop-changed = 金額または条件が変わりました。もう一度ご確認ください。お支払いは発生していません。

shop-you = お客様について
shop-country = 国・地域
shop-country-hint = 税額が変わります。
shop-country-missing = 国・地域を選択してください。
shop-business = 法人・事業者として購入する
shop-business-name = 会社名・団体名
shop-business-street = 町名・番地
shop-business-city = 郵便番号と市区町村
shop-vat = VAT番号
shop-vat-hint = 番号がない場合は、一般の方と同じく税を請求します。
shop-vat-wrong = 選択された国のVAT番号ではありません。ご確認いただくか、空欄にしてください。
shop-seats = ご利用人数
shop-seats-hint = { $least }人から{ $most }人まで。
shop-seats-wrong = { $least }から{ $most }までの数を入力してください。
shop-update = 金額を更新
shop-post = お届け先
shop-post-name = お名前
shop-post-street = 町名・番地
shop-post-more = 建物名・部屋番号
shop-post-city = 市区町村
shop-post-region = 都道府県・州
shop-post-code = 郵便番号
shop-too-long = { $most }文字以内で入力してください。
shop-line-wrong = 特殊な文字を使わず、1行で入力してください。
shop-gift-who = 贈る相手
shop-gift-to = お相手のお名前
shop-gift-mail = お相手のメールアドレス
shop-gift-mail-hint = ご自分でコードをお渡しになる場合は空欄にしてください。
shop-gift-from = カードに記すあなたのお名前
shop-gift-words = メッセージ
shop-method = お支払い方法
shop-method-known = { $card }（有効期限 { $until }）
shop-method-new = 別のカード
shop-method-missing = カードを選択してください。
shop-card-number = カード番号
shop-card-expires = 有効期限（月/年）
shop-card-code = セキュリティコード
shop-card-sandbox = これはテスト環境で、お金は動きません。本物のカードは決して入力しないでください。4242 4242 4242 4242 と、将来の有効期限、任意のコードをお使いいただけます。
shop-card-number-wrong = テスト環境では、4242 4242 4242 4242 などの専用の番号だけが使えます。
shop-card-expires-wrong = 05/30 のように、有効期限内の月と年を入力してください。
shop-card-code-wrong = 3桁または4桁の数字を入力してください。
shop-card-stripe = カード
shop-card-stripe-hint = 番号はStripeに送られ、そこで保管されます。当方が目にすることはありません。
shop-card-script = カードの入力にはStripeのスクリプトが必要です。このページでスクリプトを許可し、再読み込みしてください。
shop-card-failed = カードを登録できませんでした。ご確認いただくか、別のカードをお試しください。
shop-card-many = 試行回数が多すぎます。数分待ってからもう一度お試しください。お支払いは発生していません。
shop-card-loading = カードの入力欄を読み込んでいます…
shop-pay = { $amount }を支払って購読する
shop-pay-later = 購読する（本日のお支払いなし）
shop-pay-once = { $amount }を支払って購入する
shop-pay-nothing = はじめる

shop-declined = { $reason ->
    [insufficient_funds] 残高が足りません。別のカードをお試しください。
    [card_expired] カードの有効期限が切れています。別のカードをお試しください。
    [card_blocked] カードが利用停止になっています。銀行にお問い合わせいただくか、別のカードをお試しください。
    [authentication_failed] 銀行での確認が済みませんでした。もう一度、または別のカードでお試しください。
    [provider_error] 現在処理できません。しばらくしてからもう一度お試しください。
    [voided] 取り消されました。もう一度お試しください。
    [never_answered] 結果を確認できませんでした。もう一度お試しになる前に、引き落としの有無をご確認ください。
   *[refused] 銀行に拒否されました。理由は知らされていません。銀行にお問い合わせいただくか、別のカードをお試しください。
}
shop-declined-title = お支払いができませんでした
shop-kept-many = 試行回数が多すぎます。入力内容は残っていますので、{ $minutes }分ほど待ってから、もう一度送信してください。カードは再度ご入力ください。
shop-kept-old = 何も実行されていません。ページを長く開いたままだったか、その間にログインまたはログアウトしました。入力内容は残っていますので、ご確認のうえもう一度送信してください。カードは再度ご入力ください。

shop-has-title = すでにお持ちです
shop-has = 現在のご契約に含まれています。アカウントから変更できます。
shop-used-title = このフォームは送信済みです
shop-used = 別のお申し込みに使われました。プランをもう一度開いてください。
shop-story-title = この記事は単独では販売していません
shop-story-missing = お読みになりたい記事を開き、そこからお選びください。

shop-welcome-title = { $publication }へようこそ
shop-welcome = すべてお読みいただけます。領収書をメールでお送りします。
shop-welcome-free = すべてお読みいただけます。お申し込みの内容をメールでお送りしました。
shop-welcome-once = お読みいただけるようになりました。領収書をメールでお送りします。
shop-welcome-team = アカウントから読者を招待してください。領収書をメールでお送りします。
shop-welcome-delivered = ご購入ありがとうございます。内容はメールでお知らせしました。
shop-welcome-story = 記事の続きを読む
shop-welcome-home = トップページへ
shop-gift-done-title = ありがとうございます。ギフトのお支払いが済みました
shop-gift-done = コードをメールでお送りします。領収書はあなたに届きます。
shop-gift-done-self = お渡しいただけるよう、コードと領収書をあなたにメールでお送りします。
shop-gift-code = ギフトコード：
shop-gift-mailed = { $mail } 宛てにお送りします。宛先が間違っている場合や届かない場合は、このコードを直接お渡しください。
shop-wait-title = お支払いを確認しています
shop-wait = 結果を待っています。何もなさる必要はありません。このページは自動的に確認し、二重に請求されることはありません。
shop-wait-again = 今すぐ確認
shop-wait-leave = このページを閉じても構いません。結果が分かり次第、メールでお知らせします。
shop-bank-title = お支払いの確認
shop-bank-sandbox = このページは銀行の役をしています。{ $publication }が{ $amount }を請求しています。
shop-bank-yes = 支払いを承認する
shop-bank-no = 支払わない
shop-bank-other = 別のカードで支払う
shop-bank-stripe = 銀行が{ $amount }の確認を求めています。ボタンを押すと銀行の画面が開きます。
shop-again = もう一度試す
shop-otherwise = { $how ->
    [past_due] 前回のお支払いができませんでした。当面は引き続きお読みいただけます。期限の確認とお支払いはアカウントでお願いします。
    [paused] 現在は休止中です。アカウントから再開できます。
    [redeemed] ギフトは受け取られました。お贈りいただきありがとうございました。
    [gift_ended] このギフトはもう受け取れません。詳しくはアカウントをご覧ください。
   *[ended] 終了しました。お支払いの履歴と請求書はアカウントでご覧いただけます。
}
shop-over-title = この購入は終了しました
shop-over = お支払いの期限が過ぎました。お支払いは発生していません。もう一度お申し込みいただけます。

shop-redeem-title = ギフトを受け取る
shop-redeem-pitch = コードはカードまたは届いたメールに書かれています。
shop-redeem-code = ギフトコード
shop-redeem-button = 内容を見る
shop-redeem-take = ギフトを受け取る
shop-redeem-for = { $name } 様
shop-redeem-from = { $name } より
shop-redeem-unknown = このコードのギフトは見つかりません。入力をご確認ください。
shop-redeem-replaced = このコードは新しいものに変わりました。ギフトが別のアドレスに送り直されたためです。新しいコードは贈り主にお尋ねください。
shop-redeem-redeemed = このギフトはすでに受け取られています。コードは1回だけ使えます。
shop-redeem-unpaid = このギフトはまだお支払いが済んでいません。後でもう一度お試しいただくか、贈り主にお尋ねください。
shop-redeem-over = このギフトはもう受け取れません。贈り主にお尋ねください。
shop-redeem-account = ギフトのお受け取りにはアカウントが必要です。アカウントは無料です。すぐにこのページに戻ります。
shop-redeem-free = お支払いはありません。更新もありません。
shop-redeem-has = このギフトの内容はすでにお持ちです。コードは{ $day }まで有効です。現在のご契約の終了後にお使いいただくか、ほかの方にお譲りください。
