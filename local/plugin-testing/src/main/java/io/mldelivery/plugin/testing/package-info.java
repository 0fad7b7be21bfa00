/** What the tests of the plugins share: the surroundings of a step, and the rules for pages. */
package io.mldelivery.plugin.testing;
