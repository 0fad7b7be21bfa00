// echo takes text only by name or alone
echo 'one'
echo(message: 'two')
echo ''
