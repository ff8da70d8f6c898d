//! `new`: a folder to begin from, and nobody's files lost.

use super::Desk;

#[test]
fn a_template_is_a_folder_that_runs() {
    let desk = Desk::new();
    let said = desk.done("new my-town --template what-if").out;
    assert_eq!(
        desk.names("my-town"),
        ["2-heads.csv", "2-three-topics.toml", "3-heads.csv", "3-what-if.toml"]
    );
    let last = said.lines().last().unwrap().trim();
    assert_eq!(last, "centralino simulate my-town/3-what-if.toml");
    assert_eq!(desk.run("simulate my-town/3-what-if.toml --replications 2 --out out").code, 0);
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("full")).unwrap();
    desk.write("full/mine.toml", "mine");
    for dir in ["full", "small.toml"] {
        let ran = desk.run(&format!("new {dir}"));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{dir}");
        assert!(ran.err.contains("stands there already"), "{}", ran.err);
    }
    assert_eq!(desk.names("full"), ["mine.toml"]);
    std::fs::create_dir(desk.path("empty")).unwrap();
    desk.done("new empty");
    assert_eq!(desk.names("empty"), ["1-one-team.toml"]);
    assert_eq!(desk.run("new elsewhere --template milan").code, 2, "no such template");
}
