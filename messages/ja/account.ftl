account-back = トップページへ
account-mail = メールアドレス
account-password = パスワード
account-new-password = 新しいパスワード
account-password-hint = { $least }文字以上。いくつかの言葉をつなげると、強くて覚えやすくなります。
account-name = お名前
account-optional = （任意）

account-login-title = ログイン
account-login-button = ログイン
account-link-hint = パスワードなしでもログインできます。リンクをメールでお送りします。
account-link-button = リンクを送る
account-forgot-link = パスワードをお忘れですか
account-no-account = アカウントをお持ちでない方
account-have-account = アカウントをお持ちの方
account-wrong = メールアドレスまたはパスワードが違います。

account-register-title = アカウントを作成
account-register-pitch = 無料で、1分で完了します。
account-register-button = アカウントを作成

account-sent-title = メールをご確認ください
account-sent = { $mail } にメールをお送りしました。メールにあるリンクを開いてください。
account-sent-minutes = リンクは{ $minutes }分間、1回だけ使えます。
account-sent-here = このブラウザでのみ使えます。
account-sent-nothing = 届かない場合は、迷惑メールのフォルダとアドレスをご確認ください。

account-confirm-title = アドレスの確認
account-confirm-pitch = ほかの人がリンクを使うことのないよう、もう一度ボタンを押してください。
account-confirm-password = 先ほどとは別のブラウザです。設定したパスワードを入力してください。
account-confirm-button = 確認してログイン
account-wrong-password = 設定したパスワードと違います。
account-link-over-title = このリンクは使えません
account-link-over = すでに使われたか、有効期限が切れています。
account-link-again = 新しいリンクを送る
account-elsewhere-title = このリンクは別のブラウザのものです
account-elsewhere = リンクは送信を依頼したブラウザでのみ使えます。そちらで開くか、ここで新しいリンクを依頼してください。

account-reset-title = 新しいパスワードの設定
account-forgot-pitch = メールアドレスを入力してください。新しいパスワードを設定するためのリンクをお送りします。
account-forgot-button = リンクを送る
account-reset-note = すべての端末からログアウトされます。
account-reset-button = パスワードを保存
account-password-set-title = パスワードを保存しました
account-password-set = すべての端末からログアウトしました。新しいパスワードでログインしてください。

account-title = アカウント
account-signed-in-as = { $mail } でログイン中
account-devices = ログイン中の端末
account-device-unknown = 端末
account-device-this = この端末
account-device-seen = 最終アクセス：{ $day }
account-sign-out = ログアウト
account-devices-others = ほかのすべての端末からログアウト
account-signed-out-title = ログアウトしました
account-signed-out = お読みいただきありがとうございました。

account-error-title = もう一度ご確認ください
account-error-missing = 入力してください。
account-error-mail = anna@example.com のような形式で入力してください。
account-error-password-short = { $least }文字以上にしてください。
account-error-password-long = { $most }文字以内にしてください。
account-error-password-easy = 推測されやすいパスワードです。別のものにしてください。
account-refused-title = 実行されませんでした
account-refused-elsewhere = フォームが別のサイトから送信されました。ご本人の場合は、このサイトのページを開いてもう一度送信してください。
account-refused-cookie = ブラウザがこのサイトのCookieを保存していないか、ページを1日以上開いたままでした。Cookieを許可し、前の画面に戻って再読み込みしてから、もう一度送信してください。
account-refused-old = ページを長く開いたままだったか、その間にログインまたはログアウトしました。前の画面に戻って再読み込みしてから、もう一度送信してください。
account-many-title = 試行回数が多すぎます
account-many = { $minutes }分ほど待ってから、もう一度お試しください。
account-busy-title = ただいま混み合っています
account-busy = 何も実行されていません。1分ほどしてからもう一度お試しください。
account-closed-title = このアカウントは停止されています
account-closed = 再開するには { $publication } までご連絡ください。
account-missing-title = ページがありません
account-missing = アドレスが間違っているか、ページが移動した可能性があります。
