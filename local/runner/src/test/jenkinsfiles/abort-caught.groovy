// a caught abort may go on
//: abort at Sleeping for
try { sleep 60 } catch (e) { echo "${e.class.simpleName}" }
echo 'goes on'
