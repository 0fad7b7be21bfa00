// static methods of a class
@Library('conf@1.0') import org.conf.Tool
echo Tool.version()
echo Tool.sorted(['b', 'a'])
