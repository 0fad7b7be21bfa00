// input that is answered with yes
//: proceed
input 'Really?'
echo 'on'
