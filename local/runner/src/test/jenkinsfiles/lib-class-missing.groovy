// an import that no library has
@Library('conf@1.0') import org.conf.Nothing
echo 'never'
