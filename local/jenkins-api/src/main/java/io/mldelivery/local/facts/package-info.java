/**
 * What the plugins may link to: facts read from the real Jenkins components, and the check of the plugins' bytecode against them. Start with
 * {@link io.mldelivery.local.facts.LinkCheck}.
 */
package io.mldelivery.local.facts;
