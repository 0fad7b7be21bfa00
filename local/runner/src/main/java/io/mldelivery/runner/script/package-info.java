/** Groovy sources as groovy-cps runs them: compiling, the base class of scripts, and what their bodies may do. */
package io.mldelivery.runner.script;
