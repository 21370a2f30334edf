"""DICOMweb over reading copies: what dicomweb-client and OHIF ask for, and who is answered."""

import io

import imagecodecs
import numpy as np
import pytest
from dicomweb_client import DICOMwebClient
from django.test import Client
from pydicom import dcmread
from pydicom.dataset import Dataset
from requests import Session

from studies import machines, qido
from studies.models import ExamFacts, Instance, MachineAccount, Series, Study
from tests import dicom, scene
from tests.cast import client_of, open_study
from tests.studies.test_part10 import errors_in

OHIF_STUDIES = (
    "limit=101&offset=0&fuzzymatching=true&PatientName=*&00100020=*S-*&ModalitiesInStudy=MR"
    "&includefield=00081030,00080060"
)
OHIF_TAGS = ("0020000D", "00080020", "00080030", "00080050", "00100010", "00100020", "00100030", "00201208", "00081030",
             "00080061", "00080090")  # fmt: skip
FILES = 'multipart/related; type="application/dicom"; transfer-syntax=*'
FRAMES = 'multipart/related; type="application/octet-stream"; transfer-syntax="*"'
JSON = "application/dicom+json"


@pytest.fixture(autouse=True)
def _doors_open(settings):
    settings.DICOMWEB = True


@pytest.fixture
def viewer(study, people):
    """The token of a machine that may fetch."""
    return machines.make(study, name="viewer", may_store=False, may_fetch=True, actor=people.dora).token


@pytest.fixture
def get(study, viewer):
    """get(path): what the viewer is answered."""

    def ask(path, *, accept=JSON, token=viewer, code=study.code):
        headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"} | ({"HTTP_ACCEPT": accept} if accept else {})
        return Client(raise_request_exception=False).get(f"/dicomweb/{code}/{path}", **headers)

    return ask


@pytest.fixture
def cases(study):
    return [scene.make_case(study, f"S-{place:02}") for place in range(1, 4)]


def address(one: Instance) -> str:
    return f"studies/{one.series.exam.uid}/series/{one.series.uid}/instances/{one.uid}"


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


class TestSearch:
    def test_a_study_list_has_what_ohif_shows(self, get, cases):
        answer = get(f"studies?{OHIF_STUDIES}")
        assert (answer.status_code, answer["Content-Type"]) == (200, JSON)
        found = answer.json()
        assert [one["00100010"]["Value"] for one in found] == [[{"Alphabetic": f"S-0{place}"}] for place in (1, 2, 3)]
        assert all(set(OHIF_TAGS) <= set(one) for one in found)
        assert found[0]["00201208"] == {"vr": "IS", "Value": [6]}
        assert found[0]["00201206"] == {"vr": "IS", "Value": [2]}

    def test_dates_and_hospital_numbers_are_empty(self, get, cases):
        [first, *_] = get("studies").json()
        assert all("Value" not in first[tag] for tag in ("00080020", "00080030", "00080050", "00100030", "00081030"))

    def test_whoever_looks_for_a_date_finds_nothing(self, get, cases):
        assert get("studies?StudyDate=19000101-20991231").status_code == 204

    def test_nothing_found_is_204_without_a_body(self, get, cases):
        answer = get("studies?PatientID=nobody")
        assert (answer.status_code, answer.content) == (204, b"")

    def test_series_have_a_computed_description(self, get, cases):
        found = get(f"studies/{cases[0].exam.uid}/series?includefield=0008103E,00080021").json()
        assert [one["0008103E"]["Value"] for one in found] == [["STIR sagittal"], ["T1 sagittal"]]
        assert [one["00201209"]["Value"] for one in found] == [[3], [3]]

    def test_instances_are_numbered_along_the_normal(self, get, cases):
        series = cases[0].exam.series.first()
        found = get(f"studies/{cases[0].exam.uid}/series/{series.uid}/instances").json()
        assert [one["00200013"]["Value"] for one in found] == [[1], [2], [3]]
        assert found[0]["00280010"]["Value"] == [scene.SIDE]

    def test_all_series_and_instances_come_with_their_patient(self, get, cases):
        assert len(get("series?PatientID=S-02").json()) == 2
        instances = get("instances?PatientID=S-02&limit=100").json()
        assert len(instances) == 6
        assert instances[0]["00100020"]["Value"] == ["S-02"]

    def test_uids_may_be_listed(self, get, cases):
        wanted = "\\".join(case.exam.uid for case in cases[:2])
        assert len(get(f"studies?StudyInstanceUID={wanted}").json()) == 2

    def test_pages_follow_one_another_and_end(self, get, cases):
        pages = [get(f"studies?limit=1&offset={place}") for place in range(4)]
        assert [page.json()[0]["00100020"]["Value"] for page in pages[:3]] == [["S-01"], ["S-02"], ["S-03"]]
        assert pages[3].status_code == 204
        assert ["Warning" in page for page in pages] == [True, True, False, False]
        assert pages[0]["Warning"].startswith("299 ")

    @pytest.mark.parametrize("query", ["limit=x", "offset=-1", "NoSuchAttribute=1"])
    def test_a_query_that_cannot_be_read_is_refused(self, get, query):
        assert get(f"studies?{query}").status_code == 400

    def test_nobody_gets_more_than_fits(self, get, cases, monkeypatch):
        monkeypatch.setattr(qido, "MOST", 2)
        answer = get("studies?limit=100")
        assert (len(answer.json()), "Warning" in answer) == (2, True)

    def test_the_number_of_queries_does_not_grow(self, get, cases, django_assert_max_num_queries):
        for path in ("studies", "series", "instances"):
            with django_assert_max_num_queries(9):
                get(path)


class TestRetrieve:
    def test_a_file_is_the_reading_copy(self, get, cases):
        one = Instance.objects.first()
        answer = get(address(one), accept="application/dicom")
        read = dcmread(io.BytesIO(body(answer)))
        assert (read.PatientID, read.SOPInstanceUID, read.StudyDate) == ("S-01", one.uid, "")
        pixels = np.random.default_rng(0).integers(0, 4000, (scene.SIDE, scene.SIDE)).astype(np.uint16)
        np.testing.assert_array_equal(read.pixel_array, pixels)

    def test_a_file_conforms(self, get, imported, study, people, tmp_path):
        imported(study, people.dora, dicom.exam(n=3).values())
        for one in Instance.objects.all():
            path = tmp_path / "image.dcm"
            path.write_bytes(body(get(address(one), accept="application/dicom")))
            assert errors_in([path]) == []

    def test_files_come_in_parts_that_name_their_syntax(self, get, cases):
        answer = get(f"studies/{cases[0].exam.uid}", accept=FILES)
        boundary = answer["Content-Type"].split('boundary="')[1].rstrip('"')
        assert answer["Content-Type"].startswith('multipart/related; type="application/dicom"')
        content = body(answer)
        head = f"--{boundary}\r\nContent-Type: application/dicom; transfer-syntax=1.2.840.10008.1.2.1\r\n\r\n"
        assert content.startswith(head.encode())
        assert content.endswith(f"\r\n--{boundary}--\r\n".encode())
        assert content.count(boundary.encode()) == 7

    def test_a_single_part_answers_for_a_single_file_only(self, get, cases):
        assert get(f"studies/{cases[0].exam.uid}", accept="application/dicom").status_code == 406

    def test_frames_are_the_pixels(self, get, cases):
        one = Instance.objects.first()
        [frame] = parts_of(get(f"{address(one)}/frames/1", accept=FRAMES))
        pixels = np.random.default_rng(0).integers(0, 4000, (scene.SIDE, scene.SIDE)).astype("<u2")
        assert frame == pixels.tobytes()

    @pytest.mark.parametrize("frames", ["0", "2", "1,2", "1,1", "-1", "x", "1,,1"])
    def test_there_is_no_frame_but_the_first(self, get, cases, frames):
        assert get(f"{address(Instance.objects.first())}/frames/{frames}", accept=FRAMES).status_code == 404

    @pytest.mark.parametrize(
        ("accept", "status"),
        [
            (None, 406),
            ("nonsense", 406),
            ('multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.80', 406),
            ('multipart/related; type="image/jls"', 406),
            ("application/dicom, image/jpeg", 400),
            ("*/*", 200),
        ],
    )
    def test_what_is_not_accepted_is_not_sent(self, get, cases, accept, status):
        assert get(address(Instance.objects.first()), accept=accept).status_code == status

    def test_metadata_has_what_a_viewer_needs_and_no_pixels(self, get, cases):
        series = Series.objects.first()
        answer = get(f"studies/{series.exam.uid}/series/{series.uid}/metadata")
        read = [Dataset.from_json(one) for one in answer.json()]
        assert [one.InstanceNumber for one in read] == [1, 2, 3]
        assert {"7FE00010", "00080021"} & set(answer.json()[0]) == set()
        for keyword in ("PixelSpacing", "ImageOrientationPatient", "ImagePositionPatient", "Rows", "WindowCenter",
                        "FrameOfReferenceUID", "PhotometricInterpretation"):  # fmt: skip
            assert read[0].get(keyword) is not None, keyword
        assert answer.json()[0]["00280030"]["Value"] == [1, 1]

    @pytest.mark.parametrize(("accept", "decode"), [
        ("image/png", imagecodecs.png_decode), ("image/jpeg", imagecodecs.jpeg8_decode),
        ("*/*", imagecodecs.jpeg8_decode),
    ])  # fmt: skip
    def test_a_picture_can_be_had(self, get, cases, accept, decode):
        answer = get(f"{address(Instance.objects.first())}/rendered?window=2000,4000,linear", accept=accept)
        assert answer.status_code == 200
        assert decode(answer.content).shape == (scene.SIDE, scene.SIDE)

    def test_a_window_that_is_none_is_refused(self, get, cases):
        assert get(f"{address(Instance.objects.first())}/rendered?window=x", accept="*/*").status_code == 400

    def test_what_is_not_there_is_404(self, get, cases):
        for path in ("studies/2.25.1", "studies/2.25.1/metadata", f"studies/{cases[0].exam.uid}/series/2.25.1"):
            assert get(path, accept="*/*").status_code == 404


def parts_of(answer) -> list[bytes]:
    from studies import media, multipart

    stream = io.BytesIO(body(answer))
    boundary = multipart.boundary_of(media.parse(answer["Content-Type"]))
    return [b"".join(content) for _, content in multipart.Reader(stream.read, boundary=boundary).parts()]


class TestWhoIsAnswered:
    def test_who_sees_cases_sees_them_here(self, study, people, cases):
        for person in (people.dora, people.sam, people.ada):
            answer = client_of(person).client.get(f"/dicomweb/{study.code}/studies", HTTP_ACCEPT=JSON)
            assert len(answer.json()) == 3

    def test_readers_adjudicators_and_strangers_find_nothing(self, study, people, cases):
        one = Instance.objects.first()
        for person in (people.ana, people.ben, people.clara, people.eve):
            for path in ("studies", "series", "instances", address(one), f"{address(one)}/frames/1"):
                answer = client_of(person).client.get(f"/dicomweb/{study.code}/{path}", HTTP_ACCEPT="*/*")
                assert answer.status_code == 404

    def test_a_reader_cannot_tell_an_image_that_is_there(self, study, people, cases):
        ana = client_of(people.ana).client
        there, not_there = (
            ana.get(f"/dicomweb/{study.code}/{path}") for path in (address(Instance.objects.first()), "studies/2.25.1")
        )
        assert (there.status_code, there.content) == (not_there.status_code, not_there.content)

    def test_nobody_is_answered_while_the_doors_are_shut(self, settings, get, study, people, cases):
        settings.DICOMWEB = False
        assert get("studies").status_code == 404
        for person in (people.dora, people.ada, people.ana, None):
            assert client_of(person).get(f"/dicomweb/{study.code}/studies").status_code == 404

    def test_a_machine_that_only_stores_sees_nothing(self, get, study, people, cases):
        token = machines.make(study, name="MR", may_store=True, may_fetch=False, actor=people.dora).token
        assert get("studies", token=token).status_code == 404

    def test_a_machine_sees_its_own_study(self, get, people, cases):
        other = open_study(people, title="Another study")
        theirs = scene.make_case(other, "T-01")
        assert get("studies", code=other.code).status_code == 404
        assert get(f"studies/{theirs.exam.uid}", accept="*/*").status_code == 404
        assert get("studies?PatientID=T-01").status_code == 204

    def test_facts_leave_by_another_door(self, get, cases):
        exam = cases[0].exam
        ExamFacts.objects.update_or_create(exam=exam, defaults={"age_years": 77, "sex": "F", "vendor": "Siemens"})
        files = [dcmread(io.BytesIO(part)) for part in parts_of(get(f"studies/{exam.uid}", accept=FILES))]
        read = [*files, *map(Dataset.from_json, get(f"studies/{exam.uid}/metadata").json())]
        assert all("PatientAge" not in one and not one.PatientSex and not one.Manufacturer for one in read)


@pytest.fixture
def service(study: Study, people, live_server):
    """dicomweb-client, with a token that may do both."""
    made = machines.make(study, name="client", may_store=True, may_fetch=True, actor=people.dora)
    session = Session()
    session.headers["Authorization"] = f"Bearer {made.token}"
    session.trust_env = False
    return DICOMwebClient(f"{live_server.url}/dicomweb/{study.code}", session=session)


@pytest.mark.django_db(transaction=True)
class TestWithDicomwebClient:
    """The oracle: a client that others wrote."""

    def test_it_stores_searches_and_retrieves(self, service):
        files = [dcmread(io.BytesIO(content)) for content in dicom.exam(n=3).values()]
        stored = service.store_instances(files)
        assert len(stored.ReferencedSOPSequence) == 6

        [exam] = service.search_for_studies(get_remaining=True, limit=1, fuzzymatching=True)
        uid = exam["0020000D"]["Value"][0]
        series = service.search_for_series(uid, fields=["0008103E"], get_remaining=True, limit=1)
        assert [one["0008103E"]["Value"][0] for one in series] == ["STIR sagittal", "T1 sagittal"]
        first = series[0]["0020000E"]["Value"][0]
        instances = service.search_for_instances(uid, first, get_remaining=True, limit=2)
        assert len(instances) == 3
        instance = instances[0]["00080018"]["Value"][0]

        assert len(service.retrieve_study_metadata(uid)) == 6
        assert len(service.retrieve_series_metadata(uid, first)) == 3
        assert service.retrieve_instance_metadata(uid, first, instance)["00080018"]["Value"] == [instance]

        assert len(service.retrieve_study(uid)) == 6
        assert len(list(service.iter_series(uid, first))) == 3
        read = service.retrieve_instance(uid, first, instance)
        [frame] = service.retrieve_instance_frames(uid, first, instance, [1])
        assert read.PixelData == frame
        sent = next(one for one in files if (one.pixel_array == read.pixel_array).all())
        assert read.ImagePositionPatient == sent.ImagePositionPatient
        assert service.retrieve_instance_rendered(uid, first, instance, media_types=("image/png",))[:4] == b"\x89PNG"
        assert not any(canary.encode() in str(read).encode() for canary in dicom.CANARIES)

    def test_it_is_told_what_was_refused(self, service):
        good, bad = (dcmread(io.BytesIO(dicom.part10(dicom.image(index=place)))) for place in (0, 1))
        bad.SOPClassUID = bad.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
        said = service.store_instances([good, bad])
        assert (len(said.ReferencedSOPSequence), len(said.FailedSOPSequence)) == (1, 1)

    def test_it_ends_where_there_is_nothing(self, service):
        assert service.search_for_studies(get_remaining=True) == []
        assert MachineAccount.objects.get().last_used_at is not None
