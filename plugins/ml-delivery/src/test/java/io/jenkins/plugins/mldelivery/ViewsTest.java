package io.jenkins.plugins.mldelivery;

import io.mldelivery.plugin.testing.PageRules;

class ViewsTest extends PageRules {
    ViewsTest() {
        super(ViewsTest.class.getPackageName());
    }
}
