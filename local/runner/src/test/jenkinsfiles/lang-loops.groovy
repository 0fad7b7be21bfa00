// for, for-in, while, do-free loops, continue and break
for (int i = 0; i < 4; i++) { if (i == 1) continue; if (i == 3) break; echo "f${i}" }
for (x in ['p', 'q']) { echo x }
int w = 0; while (true) { w++; if (w > 2) break }; echo "${w}"
