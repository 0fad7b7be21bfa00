// switch over ranges, classes and patterns
def s = { x -> switch (x) { case 1..2: return 'low'; case Integer: return 'int'; case ~/a.*/: return 'rx'; default: return 'd' } }; echo "${s(1)} ${s(9)} ${s('abc')} ${s('z')}"
