/** Binds the named arguments of a step call to data-bound constructors and setters, as the structs plugin does. */
package io.mldelivery.runner.binding;
