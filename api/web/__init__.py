"""Pages for people: server-rendered, complete without a script; one module a page, none with logic of its own."""
